//! What a secret looks like.

use std::{borrow::Cow, sync::LazyLock};

use regex::{Captures, Regex, RegexSet};

use super::REDACTED;

/// Each pattern's groups `keep` and `after` stay, the rest of the match is replaced.
const PATTERNS: &[&str] = &[
    // Private keys, whole or cut off.
    r"-----BEGIN [A-Z0-9 ]*PRIVATE KEY(?: BLOCK)?-----(?s:.*?)(?:-----END [A-Z0-9 ]*PRIVATE KEY(?: BLOCK)?-----|\z)",
    // Tokens that say what they are.
    r"\b(?:gh[pousr]_[A-Za-z0-9]{20,}|github_pat_[A-Za-z0-9_]{20,}|glpat-[A-Za-z0-9_-]{16,})",
    r"\b(?:sk|pk|rk)_(?:live|test)_[A-Za-z0-9]{10,}|\bwhsec_[A-Za-z0-9+/=]{16,}",
    r"\bsk-[A-Za-z0-9_-]{16,}",
    r"\bxox[abeoprs]-[A-Za-z0-9-]{10,}|\bxapp-[A-Za-z0-9-]{10,}",
    r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b|\bAIza[0-9A-Za-z_-]{30,}|\bya29\.[0-9A-Za-z_-]{20,}",
    r"\b(?:npm_[A-Za-z0-9]{30,}|pypi-[A-Za-z0-9_-]{30,}|hf_[A-Za-z0-9]{20,}|dop_v1_[a-f0-9]{40,}|hmc_[A-Za-z0-9_-]{20,})",
    r"\bSG\.[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}|\b[0-9]{8,10}:[A-Za-z0-9_-]{35}\b|\bAGE-SECRET-KEY-1[A-Z0-9]{20,}",
    r"\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]*",
    // Webhook addresses are secrets in whole.
    r"(?P<keep>https://(?:hooks\.slack\.com/services|discord(?:app)?\.com/api/webhooks)/)[^\s'\x22]+",
    // Headers.
    r"(?i)(?P<keep>\bauthorization\\*['\x22]?\s*[:=]\s*\\*['\x22]?(?:(?:bearer|basic|token|digest|bot|apikey)\s+)?)[^\r\n'\x22\\]{4,}",
    r"(?i)(?P<keep>\bbearer\s+)[A-Za-z0-9._~+/=-]{12,}",
    r"(?i)(?P<keep>\b(?:set-)?cookie\s*:\s*)[^\r\n'\x22]+",
    // Addresses with a password: user:password@host, as in connection strings.
    r"(?P<keep>\b[A-Za-z][A-Za-z0-9+.-]*://[^\s:/@'\x22]*:)[^\s'\x22]+(?P<after>@)",
    // --password value, --token=value, curl -u user:value
    r"(?i)(?P<keep>--?(?:[a-z-]*(?:password|passwd|secret|api-?key|access-?key|token)|pass)[= ]\s*['\x22]?)[^\s'\x22-][^\s'\x22]*",
    r"(?P<keep>\s(?:-u|--user)[ =]['\x22]?[^\s:'\x22]+:)[^\s'\x22]+",
    // NAME=value, "name": "value", name: value
    r"(?i)(?P<keep>\b[A-Za-z0-9_.-]*(?:password|passwd|passphrase|secret|api[_-]?key|access[_-]?key|account[_-]?key|private[_-]?key|encryption[_-]?key|auth[_-]?token|access[_-]?token|refresh[_-]?token|bot[_-]?token|[_-]token|[_-]pass)[A-Za-z0-9_]*\\*['\x22]?\s*(?:=|:)\s*)(?:\\*'[^'\n\\]{4,}\\*'|\\*\x22[^\x22\n\\]{4,}\\*\x22|[^\s'\x22\\,;&][^\s'\x22\\,;&]{3,})",
    // "token": "value": in JSON a token is no word of a sentence.
    r"(?i)(?P<keep>\x22[A-Za-z0-9_.-]*token\\*\x22\s*:\s*)\\*\x22[^\x22\n\\]{6,}\\*\x22",
    // "missing credentials: SMTP password" is a sentence, `DB_CREDENTIALS=…` is not.
    r"(?i)(?P<keep>\b[A-Za-z0-9_.-]*credentials?=)['\x22]?[^\s'\x22/][^\s'\x22;&]{3,}['\x22]?",
    r"(?P<keep>\b(?:PGPASSWORD|MYSQL_PWD|TOKEN|PASS|PASSWD|PWD_SECRET)=)['\x22]?[^\s'\x22/][^\s'\x22;&]{3,}['\x22]?",
];

static SET: LazyLock<RegexSet> = LazyLock::new(|| {
    #[expect(clippy::expect_used, reason = "constants, and a test compiles them")]
    RegexSet::new(PATTERNS.iter().map(|pattern| ascii(pattern))).expect("the patterns are valid")
});

static EACH: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    #[expect(clippy::expect_used, reason = "constants, and a test compiles them")]
    PATTERNS.iter().map(|pattern| Regex::new(&ascii(pattern)).expect("the patterns are valid")).collect()
});

/// The pattern with boundaries of ASCII words. Secrets are ASCII, and Unicode's boundaries would send every text with
/// one other letter in it to the slow engine.
fn ascii(pattern: &str) -> String {
    pattern.replace(r"\b", r"(?-u:\b)")
}

/// The text without its secrets; borrowed where there were none.
pub(super) fn apply(text: &str) -> Cow<'_, str> {
    let mut out = Cow::Borrowed(text);
    for _ in 0..PASSES {
        match pass(&out) {
            Some(redacted) => out = Cow::Owned(redacted),
            None => break,
        }
    }
    out
}

/// How often the rules are gone through at most: what one takes out may bring another to light, and what is stored must
/// stay as it is when it is exported and taken again.
const PASSES: usize = 6;

/// Goes through the rules once; `None` where none takes anything out.
fn pass(text: &str) -> Option<String> {
    let mut out = Cow::Borrowed(text);
    for index in SET.matches(text) {
        if let Cow::Owned(replaced) = EACH[index].replace_all(&out, replacement) {
            out = Cow::Owned(replaced);
        }
    }
    // A rule that found what was taken out already puts the same in its place.
    out.as_ref().ne(text).then(|| out.into_owned())
}

fn replacement(captures: &Captures<'_>) -> String {
    let group = |name| captures.name(name).map_or("", |group| group.as_str());
    let (whole, keep) = (&captures[0], group("keep"));
    let value = &whole[keep.len()..];
    if !keep.is_empty() && is_harmless(value.strip_suffix(group("after")).unwrap_or(value)) {
        return whole.to_owned();
    }
    format!("{keep}{REDACTED}{}", group("after"))
}

/// Whether what stands in the place of a secret is none: taken out already, a reference, a port, a word that says
/// that there is none.
fn is_harmless(value: &str) -> bool {
    let bare = value.trim_matches(['\'', '"', '\\']);
    bare == REDACTED
        || REFERENCE.is_match(bare)
        || bare.parse::<f64>().is_ok_and(|_| bare.len() < 6)
        || bare.split_once('/').is_some_and(|(port, _)| port.parse::<u16>().is_ok())
        || WORDS_FOR_NONE.contains(&bare.to_ascii_lowercase().as_str())
}

const WORDS_FOR_NONE: &[&str] =
    &["true", "false", "null", "none", "undefined", "required", "missing", "expired", "invalid", "rotated"];

/// `$NAME`, `${NAME}`, `$(command)`, `<placeholder>`, `{{ template }}`, `[list`, `(words`.
static REFERENCE: LazyLock<Regex> = LazyLock::new(|| {
    #[expect(clippy::expect_used, reason = "a constant, and a test compiles it")]
    Regex::new(r"^(?:\$[A-Z_][A-Z0-9_]*$|\$\{|\$\(|<[^>]*>?$|\{\{|\{$|\[)").expect("the pattern is valid")
});

/// Whether a key says that its value is a secret: `apiKey`, `DB_PASSWORD`, `authorization`; but not `inputTokens`.
pub(super) fn names_secret(key: &str) -> bool {
    const WORDS: &[&str] = &[
        "password",
        "passwd",
        "passphrase",
        "secret",
        "apikey",
        "accesskey",
        "privatekey",
        "authorization",
        "cookie",
    ];
    let bare: String =
        key.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect();
    WORDS.iter().any(|word| bare.contains(word)) || bare.ends_with("token") || bare.ends_with("credentials")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(apply(text), expected);
    }

    #[test]
    fn tokens_that_say_what_they_are_are_taken_out() {
        for token in [
            "ghp_abcdefghijklmnopqrstuvwxyz0123456789",
            "github_pat_11ABCDEFG0abcdefghijkl_mnopqrstuvwxyz",
            "sk-proj-abcdefghijklmnopqrstuvwxyz",
            "sk_live_4eC39HqLyjWDarjtT1zdp7dc",
            "xoxb-123456789012-abcdefghijkl",
            "AKIAIOSFODNN7EXAMPLE",
            "AIzaSyA-1234567890abcdefghijklmnopqrstu",
            "npm_abcdefghijklmnopqrstuvwxyz0123456789",
            "hmc_abcdefghijklmnopqrstuvwxyz",
            "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.abcdefghijk",
            "123456789:AAabcdefghijklmnopqrstuvwxyz0123456",
        ] {
            check(&format!("pushed with {token} today"), "pushed with [redacted] today");
        }
    }

    #[test]
    fn commands_and_headers_still_read() {
        check(
            "curl -H 'Authorization: Bearer abc.def-123456' x",
            "curl -H 'Authorization: Bearer [redacted]' x",
        );
        check("psql postgres://app:hunter2@db:5432/x", "psql postgres://app:[redacted]@db:5432/x");
        check("mysql --password=hunter2 -h db", "mysql --password=[redacted] -h db");
        check("deploy --api-key k-1234567 --dry-run", "deploy --api-key [redacted] --dry-run");
        check("curl -u admin:hunter2 https://x.test", "curl -u admin:[redacted] https://x.test");
        check("export STRIPE_SECRET=abcd1234 && run", "export STRIPE_SECRET=[redacted] && run");
        check(r#"{"client_secret": "abcd1234", "n": 1}"#, r#"{"client_secret": [redacted], "n": 1}"#);
        check("DB_PASSWORD: 'correct horse'", "DB_PASSWORD: [redacted]");
        check("GITHUB_TOKEN=abcdef123456 gh pr list", "GITHUB_TOKEN=[redacted] gh pr list");
        check(r#"curl -d "{\"password\":\"hunter22\"}" x"#, r#"curl -d "{\"password\":[redacted]}" x"#);
        check("SECRET_KEY_BASE=abcdef123 rails s", "SECRET_KEY_BASE=[redacted] rails s");
        check("DB_PASS=hunter22 ./run", "DB_PASS=[redacted] ./run");
        check(r#"{"token": "abcdef12", "inputTokens": 12}"#, r#"{"token": [redacted], "inputTokens": 12}"#);
        check("DB_PASSWORD=$ecret123 ./run", "DB_PASSWORD=[redacted] ./run");
        check("Authorization: ApiKey abcdef 123", "Authorization: ApiKey [redacted]");
        check("psql postgres://app:p@ss/word@db/x", "psql postgres://app:[redacted]@db/x");
        let cookie = "Cookie: jwt=eyJhbGciOiJI.eyJzdWIiOiIx.abc; sessionid=s3cr3tsession";
        check(cookie, "Cookie: [redacted]");
        check("SMTP_CREDENTIALS=user-pass1 send", "SMTP_CREDENTIALS=[redacted] send");
    }

    #[test]
    fn a_private_key_is_taken_out_even_when_its_end_is_cut_off() {
        check(
            "a\n-----BEGIN RSA PRIVATE KEY-----\nMIIE\nabc\n-----END RSA PRIVATE KEY-----\nb",
            "a\n[redacted]\nb",
        );
        check("a\n-----BEGIN OPENSSH PRIVATE KEY-----\nb3Bl", "a\n[redacted]");
    }

    #[test]
    fn ordinary_text_stays_as_it_is() {
        for text in [
            "inputTokens: 234375, outputTokens: 8196",
            "max_tokens=4096",
            "the token expired at 08:15; rotate the API key",
            "export TOKEN=$GITHUB_TOKEN",
            "password: ${DB_PASSWORD}",
            "see https://git.example.test/a/b:c/pull/986",
            "api_key: null",
            "commit 4984b1707671eb41e4f4ebb9192f1615c54af853",
            "secret rotation: done",
            "missing credentials: SMTP password",
            "GET http://localhost:4873/@types/node",
            "password: <your password>",
            "API key: expired",
        ] {
            assert!(
                matches!(apply(text), Cow::Borrowed(_)) || apply(text) == text,
                "{text:?} → {:?}",
                apply(text)
            );
        }
    }

    #[test]
    fn keys_that_name_secrets_are_known() {
        for key in ["apiKey", "DB_PASSWORD", "authorization", "github-token", "clientSecret", "Set-Cookie"] {
            assert!(names_secret(key), "{key}");
        }
        for key in ["inputTokens", "output", "path", "exitCode", "keyboard"] {
            assert!(!names_secret(key), "{key}");
        }
    }
}
