"""Tells irctest (https://github.com/progval/irctest) how to run Maru. Started by `test/irctest/run`."""

import shutil
import signal
from pathlib import Path
from typing import Optional, Type

from irctest import patma
from irctest.basecontrollers import BaseServerController, DirectoryBasedController
from irctest.cases import BaseServerTestCase
from irctest.runner import NotImplementedByController
from irctest.specifications import Capabilities, OptionalBehaviors

REPOSITORY = Path(__file__).resolve().parents[2]

# "operpassword", hashed by `maru passwd`.
OPER_PASSWORD = "$scrypt$ln=15,r=8,p=3$zRiANio+SNhXZ6cYkdWmiA$AZYCxTP9Ndhiibu1nnUrUEU2Omg5rJRK4iigTnU21XU"

# The defaults of Maru but for what holds up clients that come and talk as fast as these.
CONFIG = """
network = "MaruTest"
server_name = "My.Little.Server"
description = "test server"
data = "data"
workers = 0
dashboard = false
motd = "Welcome."
{password}

[accounts]
min_password_length = 3
before_connect = {before_connect}
require_email = {require_email}

[admin]
location1 = "irctest"
email = "admin@maru.test"

[listen]
plain = [{plain}]
tls = [{tls}]
http = "{http}"
https = "{https}"
admin = "none"
{certificate}

[limits.edge]
line_burst = 100_000
lines_per_second = 100_000
byte_burst = 100_000_000
bytes_per_second = 100_000_000

[limits.admission]
connections_per_address = 10_000
new_connections_per_address = 10_000

[[opers]]
name = "operuser"
password = "{oper_password}"
class = "admin"
"""


def toml(flag: bool) -> str:
    return "true" if flag else "false"


class MaruController(BaseServerController, DirectoryBasedController):
    software_name = "Maru"
    _port_wait_interval = 0.02
    supported_sasl_mechanisms = {"PLAIN", "SCRAM-SHA-256"}
    supports_sts = True
    extban_mute_char = "m"

    capabilities = frozenset(
        (
            Capabilities.ACCOUNT_NOTIFY,
            Capabilities.ACCOUNT_TAG,
            Capabilities.AWAY_NOTIFY,
            Capabilities.BATCH,
            Capabilities.ECHO_MESSAGE,
            Capabilities.EXTENDED_JOIN,
            Capabilities.EXTENDED_MONITOR,
            Capabilities.LABELED_RESPONSE,
            Capabilities.MESSAGE_REDACTION,
            Capabilities.MESSAGE_TAGS,
            Capabilities.MULTILINE,
            Capabilities.MULTI_PREFIX,
            Capabilities.READ_MARKER,
            Capabilities.SERVER_TIME,
            Capabilities.SETNAME,
        )
    )

    optional_behaviors = frozenset(
        (
            OptionalBehaviors.BAN_EXCEPTION_MODE,
            OptionalBehaviors.CAP_REQ_MINUS,
            OptionalBehaviors.ELIST_C,
            OptionalBehaviors.ELIST_M,
            OptionalBehaviors.ELIST_N,
            OptionalBehaviors.ELIST_T,
            OptionalBehaviors.ELIST_U,
            OptionalBehaviors.INVITE_EXCEPTION_MODE,
            OptionalBehaviors.INVITE_LIST,
            OptionalBehaviors.INVITE_OVERRIDES_LIMIT,
            OptionalBehaviors.MULTI_JOIN,
            OptionalBehaviors.MULTI_KICK,
            OptionalBehaviors.MULTI_NAMES_COMMAND,
            OptionalBehaviors.MULTI_PRIVMSG,
            OptionalBehaviors.NO_CTCP,
        )
    )

    isupport = {
        "BOT": "B",
        "CASEMAPPING": "ascii",
        "ELIST": "CMNTU",
        "INVEX": "I",
        "MONITOR": patma.ANYSTR,
        "PREFIX": "(qaohv)~&@%+",
        "STATUSMSG": "~&@%+",
        "TARGMAX": patma.ANYSTR,
        "UTF8ONLY": None,
        "WHOX": None,
    }

    def run(
        self,
        hostname: str,
        port: int,
        *,
        password: Optional[str],
        ssl: bool,
        run_services: bool,
        faketime: Optional[str],
        websocket_hostname: Optional[str] = None,
        websocket_port: Optional[int] = None,
    ) -> None:
        self.create_config()
        self.port = port
        address = f"127.0.0.1:{port}"
        websocket = f"127.0.0.1:{websocket_port}" if websocket_port else "none"
        certificate = ""
        if ssl:
            self.gen_ssl()
            certificate = f'[tls]\ncertificate = "{self.pem_path}"\nkey = "{self.key_path}"'
        with self.open_file("maru.toml", "w") as file:
            file.write(
                CONFIG.format(
                    before_connect=toml(self.test_config.account_registration_before_connect),
                    require_email=toml(self.test_config.account_registration_requires_email),
                    password=f'password = "{password}"' if password else "",
                    plain="" if ssl else f'"{address}"',
                    tls=f'"{address}"' if ssl else "",
                    http="none" if ssl else websocket,
                    https=websocket if ssl else "none",
                    certificate=certificate,
                    oper_password=OPER_PASSWORD,
                )
            )
        self.start(faketime)

    def start(self, faketime: Optional[str]) -> None:
        assert self.directory
        node = REPOSITORY / "node_modules" / ".bin" / "node"
        command = [node if node.exists() else "node", REPOSITORY / "src" / "bin" / "maru.ts"]
        if faketime and shutil.which("faketime"):
            command = ["faketime", "-f", faketime, *command]
            self.faketime_enabled = True
        self.proc = self.execute(
            [*command, "serve", "--config", self.directory / "maru.toml"], proc_name="maru"
        )

    def restart(self) -> None:
        self.kill_proc()
        self.port_open = False
        self.start(None)
        self.wait_for_port()

    def wait_for_services(self) -> None:
        # They are part of the server.
        pass

    def registerUser(
        self,
        case: BaseServerTestCase,
        username: str,
        password: Optional[str] = None,
    ) -> None:
        assert password
        client = case.addClient(show_io=False)
        case.sendLine(client, "NICK " + username)
        case.sendLine(client, "USER r e g :user")
        while case.getRegistrationMessage(client).command != "001":
            pass
        case.getMessages(client)
        case.sendLine(client, f"REGISTER * * {password}")
        message = case.getMessage(client)
        if message.command == "417":
            raise NotImplementedByController("passwords that don't fit in a line")
        assert message.command == "REGISTER", message
        case.sendLine(client, "QUIT")
        case.assertDisconnected(client)

    def kill_proc(self) -> None:
        # A stop gives its clients time to leave, which nobody needs here; nor is the data kept.
        assert self.proc
        self._terminate_process_group(signal.SIGKILL)
        self.proc.wait()
        self.proc = None


def get_irctest_controller_class() -> Type[MaruController]:
    return MaruController
