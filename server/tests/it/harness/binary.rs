//! The real binary, and a client small enough to see through.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{SocketAddr, TcpStream},
    path::Path,
    process::{Child, Command, Output, Stdio},
    time::Duration,
};

use serde_json::Value;

use super::NOW;

/// `mission-control` with those arguments, on that data folder, at [`NOW`].
pub(crate) fn command(data: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mission-control"));
    command
        .args(args)
        .env("MISSION_CONTROL_DATA", data)
        .env("MISSION_CONTROL_NOW", NOW)
        // No test reads an agent's home that it did not name.
        .env("HOME", data)
        .env_remove("HERMES_HOME")
        .env_remove("RUST_LOG");
    command
}

/// Runs it to its end.
pub(crate) fn run(data: &Path, args: &[&str], input: &[u8]) -> Output {
    let mut command = command(data, args);
    let mut child =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    // A command that reads nothing may be gone already.
    let _ = child.stdin.take().unwrap().write_all(input);
    child.wait_with_output().unwrap()
}

/// Its standard output, of a run that must succeed.
#[track_caller]
pub(crate) fn run_ok(data: &Path, args: &[&str]) -> String {
    let output = run(data, args, b"");
    assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().trim_end().to_owned()
}

/// A server; killed when it is dropped.
pub(crate) struct Served {
    child: Child,
    pub(crate) address: SocketAddr,
}

impl Served {
    pub(crate) fn start(data: &Path) -> Self {
        Self::with(data, &[])
    }

    pub(crate) fn with(data: &Path, more: &[&str]) -> Self {
        let args = ["serve", "--listen", "127.0.0.1:0", "--log-filter", "error"];
        Self::of(command(data, &[&args, more].concat()))
    }

    /// The server that a command starts.
    pub(crate) fn of(mut command: Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.trim_end().strip_prefix("Mission Control is listening on http://");
        let address = address.unwrap_or_else(|| panic!("not the line that is promised: {line:?}"));
        Self { address: address.parse().unwrap(), child }
    }

    /// SIGKILL: no chance to finish anything.
    pub(crate) fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// SIGTERM; the exit code.
    #[cfg(unix)]
    pub(crate) fn terminate(mut self) -> Option<i32> {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
        self.child.wait().unwrap().code()
    }

    pub(crate) fn get(&self, path: &str) -> Value {
        let (status, body) = exchange(self.address, "GET", path, "", b"").unwrap();
        assert_eq!(status, 200, "{path}: {body}");
        serde_json::from_str(&body).unwrap()
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        // It may be gone already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// One request on a connection of its own. `None` where the server went away before the whole answer came.
pub(crate) fn exchange(
    address: SocketAddr,
    method: &str,
    path: &str,
    headers: &str,
    body: &[u8],
) -> Option<(u16, String)> {
    let mut stream = TcpStream::connect(address).ok()?;
    stream.set_read_timeout(Some(Duration::from_secs(20))).ok()?;
    let length = body.len();
    let head = format!(
        "{method} {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\nContent-Length: {length}\r\n{headers}\r\n"
    );
    stream.write_all(head.as_bytes()).ok()?;
    stream.write_all(body).ok()?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).ok()?;
    let answer = String::from_utf8(answer).ok()?;
    let (head, body) = answer.split_once("\r\n\r\n")?;
    let status = head.split(' ').nth(1)?.parse().ok()?;
    let mut names = head.lines().filter_map(|line| line.split_once(": "));
    let length = names.find(|(name, _)| name.eq_ignore_ascii_case("content-length"));
    let whole = length.is_some_and(|(_, length)| length.parse() == Ok(body.len()));
    whole.then(|| (status, body.to_owned()))
}
