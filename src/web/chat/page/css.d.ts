declare module '*.css'
declare module '*?worker&url' {
  /** Where the script of the worker is. */
  const url: string
  // oxlint-disable-next-line import/no-default-export -- the bundler's
  export default url
}
