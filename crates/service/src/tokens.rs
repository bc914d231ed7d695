//! Tokens that let programs send telemetry: shown once, kept as a hash.

use base64ct::{Base64UrlUnpadded, Encoding};
use domain::decision::FOUNDER;
use sha2::{Digest, Sha256};
use store::Token;

use crate::{Hermes, ServiceError};

/// What every token begins with, so that people and secret scanners know it.
pub const TOKEN_PREFIX: &str = "hmc_";

/// The longest name of a token, in characters.
const MAX_NAME: usize = 64;

/// A token that was just made. Its text is not kept anywhere.
pub struct NewToken {
    /// The text to give to the program, shown once.
    pub text: String,
    /// What is kept of it.
    pub token: Token,
}

impl Hermes {
    /// Makes a token of that name.
    pub async fn create_token(&self, name: &str) -> Result<NewToken, ServiceError> {
        let name = name.trim();
        if name.is_empty() || name.chars().count() > MAX_NAME || name.chars().any(char::is_control) {
            return Err(ServiceError::Invalid(format!(
                "a token's name has 1 to {MAX_NAME} printable characters: say which program it is for"
            )));
        }
        if name.eq_ignore_ascii_case(FOUNDER) {
            return Err(ServiceError::Invalid(format!(
                "`{FOUNDER}` is what the audit log calls you; name the program that the token is for"
            )));
        }
        let mut secret = [0_u8; 32];
        getrandom::fill(&mut secret).map_err(|error| ServiceError::Unavailable(error.to_string()))?;
        let text = format!("{TOKEN_PREFIX}{}", Base64UrlUnpadded::encode_string(&secret));
        let token =
            Token { name: name.to_owned(), hash: hash(&text), created_at: self.now(), last_used_at: None };
        self.store().add_token(&token).await?;
        Ok(NewToken { text, token })
    }

    /// All tokens, by name.
    pub async fn tokens(&self) -> Result<Vec<Token>, ServiceError> {
        Ok(self.store().tokens().await?)
    }

    /// Revokes the token of that name. `false` where there is none.
    pub async fn revoke_token(&self, name: &str) -> Result<bool, ServiceError> {
        Ok(self.store().revoke_token(name.trim()).await?)
    }

    /// The token with that text, if it is valid. Looking up its hash leaks nothing about it by timing.
    pub async fn check_token(&self, text: &str) -> Result<Option<Token>, ServiceError> {
        if !text.starts_with(TOKEN_PREFIX) {
            return Ok(None);
        }
        Ok(self.store().use_token(&hash(text), self.now()).await?)
    }
}

fn hash(text: &str) -> String {
    use std::fmt::Write as _;
    let mut hex = String::with_capacity(64);
    for byte in Sha256::digest(text.as_bytes()) {
        // Writing to a String cannot fail.
        let _ = write!(hex, "{byte:02x}");
    }
    hex
}
