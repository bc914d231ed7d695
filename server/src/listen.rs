//! The address, loopback only, and answering there.

use std::{io, net::SocketAddr, str::FromStr};

use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use crate::{router::router, state::AppState};

/// An address of this machine that others cannot reach.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Loopback(SocketAddr);

/// Why there is nothing to listen on.
#[derive(Debug, thiserror::Error)]
pub enum ListenError {
    /// Not an address.
    #[error("`{0}` is not an address with a port; write 127.0.0.1:3000, [::1]:3000 or localhost:3000")]
    Malformed(String),
    /// Others could reach it.
    #[error(
        "{0} can be reached from other machines, and Mission Control has no sign-in yet: everybody there could read \
         what your agent does. Listen on 127.0.0.1:{port}, and reach it from elsewhere through an SSH tunnel \
         (ssh -L {port}:127.0.0.1:{port} HOST)", port = .0.port()
    )]
    NotLoopback(SocketAddr),
    /// Another program has the port.
    #[error(
        "port {port} on {ip} is in use, perhaps by a Mission Control that runs already. Stop that program, or choose \
         another port: --listen {0} (port 0 takes any free one)", port = .1.port(), ip = .1.ip()
    )]
    InUse(SocketAddr, SocketAddr),
    /// The system refuses.
    #[error("cannot listen on {0}: {1}")]
    Refused(SocketAddr, io::Error),
}

impl FromStr for Loopback {
    type Err = ListenError;

    fn from_str(text: &str) -> Result<Self, ListenError> {
        let named = text.strip_prefix("localhost:").map(|port| format!("127.0.0.1:{port}"));
        let address: Result<SocketAddr, _> = named.as_deref().unwrap_or(text).parse();
        let address = address.map_err(|_| ListenError::Malformed(text.to_owned()))?;
        if address.ip().is_loopback() { Ok(Self(address)) } else { Err(ListenError::NotLoopback(address)) }
    }
}

impl Loopback {
    /// Takes the port.
    pub async fn bind(self) -> Result<TcpListener, ListenError> {
        TcpListener::bind(self.0).await.map_err(|error| match error.kind() {
            io::ErrorKind::AddrInUse => {
                let other = SocketAddr::new(self.0.ip(), self.0.port().checked_add(1).unwrap_or(0));
                ListenError::InUse(other, self.0)
            }
            _ => ListenError::Refused(self.0, error),
        })
    }
}

/// Answers until `end` has begun and the open requests are done.
pub(crate) async fn serve(listener: TcpListener, state: AppState, end: CancellationToken) -> io::Result<()> {
    // A bare router would be copied for each connection, all routes with all their layers: a third of a megabyte.
    let service = router(state).into_make_service();
    axum::serve(listener, service).with_graceful_shutdown(end.cancelled_owned()).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn loopback_is_taken_and_the_rest_refused_with_the_reason() {
        for text in ["127.0.0.1:3000", "127.1.2.3:0", "[::1]:3000", "localhost:80"] {
            assert!(text.parse::<Loopback>().is_ok(), "{text}");
        }
        for text in ["0.0.0.0:3000", "192.168.1.2:80", "[::]:3000"] {
            let error = text.parse::<Loopback>().unwrap_err().to_string();
            assert!(error.contains("no sign-in yet"), "{error}");
        }
        let error = "3000".parse::<Loopback>().unwrap_err().to_string();
        assert!(error.contains("127.0.0.1:3000"), "{error}");
    }

    #[tokio::test]
    async fn a_port_in_use_is_an_error_with_the_remedy() {
        let taken = "127.0.0.1:0".parse::<Loopback>().unwrap().bind().await.unwrap();
        let address = taken.local_addr().unwrap().to_string();
        let error = address.parse::<Loopback>().unwrap().bind().await.unwrap_err().to_string();
        assert!(error.contains("--listen 127.0.0.1:"), "{error}");
    }
}
