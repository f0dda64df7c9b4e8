import type { ReactElement, ReactNode } from 'react'

interface ChoiceFieldProps<Choice extends string> {
  readonly label: string
  readonly value: Choice
  readonly choices: readonly Choice[]
  readonly children: (choice: Choice) => ReactNode
  /** Of what is written for a choice, where it isn't that of the page. */
  readonly langOf?: (choice: Choice) => string
  readonly onChoose: (choice: Choice) => void
}

/** One of a few ways in which a page can look. `children` writes a choice. */
export function ChoiceField<Choice extends string>(props: ChoiceFieldProps<Choice>): ReactElement {
  const { label, value, choices, children, langOf, onChoose } = props
  return (
    <label className="look">
      {label}
      <select
        className="select"
        value={value}
        onChange={({ target }) => {
          const chosen = choices.find((choice) => choice === target.value)
          if (chosen !== undefined) onChoose(chosen)
        }}
      >
        {choices.map((choice) => (
          <option key={choice} value={choice} lang={langOf?.(choice)}>
            {children(choice)}
          </option>
        ))}
      </select>
    </label>
  )
}
