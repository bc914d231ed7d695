//! Refuses requests whose `Host` is not a loopback name.
//!
//! Without it a web page of somebody else could point its own name at 127.0.0.1 (DNS rebinding) and read everything
//! as if it were of this origin.

use std::net::{Ipv4Addr, Ipv6Addr};

use axum::{
    extract::Request,
    http::{StatusCode, header, uri::Authority},
    middleware::Next,
    response::{IntoResponse, Response},
};

use crate::error::ApiError;

/// Lets only requests through that were sent to a loopback name.
pub(crate) async fn loopback_only(request: Request, next: Next) -> Response {
    if asked_host(&request).is_some_and(is_loopback) {
        return next.run(request).await;
    }
    let message = "this server answers only to localhost, 127.0.0.1 and [::1]: a request for another name could \
                   come from a web page that points its name here. Open it by one of these, through an SSH tunnel \
                   from elsewhere";
    ApiError::new(StatusCode::MISDIRECTED_REQUEST, "not_loopback", message).into_response()
}

/// The host that was asked for. Two different ones are none.
fn asked_host(request: &Request) -> Option<&str> {
    let mut headers = request.headers().get_all(header::HOST).iter();
    let named = headers.next().map(|value| value.to_str().unwrap_or_default());
    let in_uri = request.uri().authority().map(Authority::as_str);
    match (named, in_uri) {
        _ if headers.next().is_some() => None,
        (Some(named), Some(in_uri)) if named != in_uri => None,
        (named, in_uri) => named.or(in_uri),
    }
}

/// Whether the text, a name or an address with an optional port, is of this machine only.
fn is_loopback(host: &str) -> bool {
    let bracketed = host.strip_prefix('[').and_then(|rest| rest.split_once(']'));
    let (name, port) = match bracketed {
        Some((_, port)) => (host.strip_suffix(port).unwrap_or(host), port),
        None => host.split_at(host.find(':').unwrap_or(host.len())),
    };
    let port_is_fine =
        port.is_empty() || port.strip_prefix(':').is_some_and(|port| port.parse::<u16>().is_ok());
    let v4 = || name.parse::<Ipv4Addr>().is_ok_and(|address| address.is_loopback());
    let v6 = || {
        bracketed.is_some_and(|(name, _)| name.parse::<Ipv6Addr>().is_ok_and(|address| address.is_loopback()))
    };
    port_is_fine && (name.eq_ignore_ascii_case("localhost") || v4() || v6())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn loopback_names_pass_and_others_do_not() {
        for host in ["localhost", "LocalHost:3000", "127.0.0.1", "127.9.8.7:1", "[::1]", "[::1]:3000"] {
            assert!(is_loopback(host), "{host}");
        }
        let others = [
            "",
            "evil.test",
            "localhost.evil.test",
            "127.0.0.1.evil.test",
            "0.0.0.0",
            "10.0.0.1:3000",
            "[::]",
            "[::ffff:127.0.0.1]",
            "user@localhost",
            "localhost/x",
            "localhost:port",
            "128.0.0.1",
            "::1",
        ];
        for host in others {
            assert!(!is_loopback(host), "{host}");
        }
    }
}
