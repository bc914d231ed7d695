//! What a shell command does, as far as its text tells. All of it is inference, and is marked as such.

use std::sync::LazyLock;

use regex::Regex;

/// What a command does.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "a set of marks")]
pub(crate) struct Does {
    /// It runs tests.
    pub(crate) tests: bool,
    /// It deploys.
    pub(crate) deploys: bool,
    /// It opens a pull request.
    pub(crate) opens_pr: bool,
    /// It commits, or shows which commit is checked out.
    pub(crate) commits: bool,
}

macro_rules! pattern {
    ($name:ident = $text:literal) => {
        // A pattern that does not compile matches nothing; a test holds that each does.
        static $name: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new($text).ok());
    };
}

pattern!(
    TESTS = r"^(npx |uv run |poetry run |bundle exec )?((python[0-9.]*|py) -m (pytest|unittest)|pytest|(npm|pnpm|yarn|bun)( run)? test|vitest|jest|playwright test|cargo (test|nextest)|go test|mvn( -\S+)* (test|verify)|(\./)?gradlew? test|rspec|phpunit|tox|ctest|make (test|check)|dotnet test|swift test|deno test|mix test)\b"
);
pattern!(
    DEPLOYS = r"^((\S*/)?(deploy|release)[\w.-]*|kubectl (apply|rollout restart)|helm (upgrade|install)|terraform apply|fly(ctl)? deploy|vercel( deploy| --prod)|netlify deploy|wrangler (deploy|publish)|railway up|serverless deploy|(npx )?cdk deploy|gcloud (app|run) deploy|eb deploy|firebase deploy|docker stack deploy|git push (heroku|dokku)|(npm|pnpm|yarn|make)( run)? (deploy|release)\S*)\b"
);
pattern!(OPENS_PR = r"^(\S*/)?(gh pr create|glab mr create|hub pull-request)\b");
pattern!(COMMITS = r"^git( -\S+ \S+)* (commit|rev-parse|log)\b");
pattern!(
    BRANCH =
        r"^git( -C \S+)* (?:checkout(?: -q)? -[bB](?: -q)?|switch(?: -q)? -[cC])\s+(?P<branch>[^\s;&|]+)"
);
pattern!(GO = r"^cd\s+(?:(?P<plain>/[^\s;&|]+)|'(?P<single>/[^']+)')");
pattern!(SHA = r"\b[0-9a-f]{7,40}\b");
pattern!(PR_URL = r#"https?://[^\s"'<>]+/(?:pull|pulls|merge_requests)/\d+"#);
pattern!(URL = r#"https?://[^\s"'<>)\]]+"#);
pattern!(
    CREDENTIALS = r"(?i)\b(http|status|error|code)\W{0,4}(401|403)\b|\b(401|403) (access|forbidden|unauthor|denied)|access ?denied|permission denied|unauthori[sz]ed|forbidden|authentication (failed|required)|invalid (api[ _-]?key|credentials|token)|missing (api[ _-]?key|credentials|token)|could not read (username|password)|no credentials"
);
pattern!(
    EXPIRED = r"(?i)\b(token|api[ _-]?key|credential|certificate|session|licen[cs]e)s?\b[^\n]{0,40}\b(expired|has expired|expires in)"
);

fn is_match(pattern: Option<&Regex>, text: &str) -> bool {
    pattern.is_some_and(|pattern| pattern.is_match(text))
}

/// The commands of a line, each without what stands before its name (assignments, `sudo`, `time`).
fn parts(command: &str) -> impl Iterator<Item = &str> {
    command.split(['\n', ';', '|', '&']).map(|part| {
        let mut part = part.trim().trim_start_matches('(').trim_start();
        loop {
            let (word, rest) = part.split_once(char::is_whitespace).unwrap_or((part, ""));
            let assigns = word.split_once('=').is_some_and(|(name, _)| {
                !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
            });
            if !rest.is_empty() && (assigns || matches!(word, "sudo" | "time" | "nohup" | "exec" | "env")) {
                part = rest.trim_start();
            } else {
                return part;
            }
        }
    })
}

/// What the command does.
pub(crate) fn does(command: &str) -> Does {
    let mut does = Does::default();
    for part in parts(command) {
        does.tests |= is_match(TESTS.as_ref(), part);
        does.deploys |= is_match(DEPLOYS.as_ref(), part);
        does.opens_pr |= is_match(OPENS_PR.as_ref(), part);
        does.commits |= is_match(COMMITS.as_ref(), part);
    }
    does
}

/// The branch that the command makes.
pub(crate) fn branch(command: &str) -> Option<String> {
    let pattern = BRANCH.as_ref()?;
    let found = parts(command).find_map(|part| pattern.captures(part))?;
    Some(found.name("branch")?.as_str().trim_matches(['\'', '"']).to_owned())
}

/// The folder that the command goes to first.
pub(crate) fn folder(command: &str) -> Option<String> {
    let pattern = GO.as_ref()?;
    let found = parts(command).find_map(|part| pattern.captures(part))?;
    found.name("plain").or_else(|| found.name("single")).map(|folder| folder.as_str().to_owned())
}

/// The first commit that the output names.
pub(crate) fn commit(output: &str) -> Option<String> {
    // A word of letters alone is no commit (`defaced`), a number alone is more likely a count.
    let telling = |text: &str| {
        text.chars().any(|c| c.is_ascii_digit()) && text.chars().any(|c| c.is_ascii_alphabetic())
    };
    let found = SHA.as_ref()?.find_iter(output).map(|found| found.as_str()).find(|text| telling(text));
    found.map(ToOwned::to_owned)
}

/// The pull request that the output names.
pub(crate) fn pull_request(output: &str) -> Option<String> {
    Some(PR_URL.as_ref()?.find(output)?.as_str().to_owned())
}

/// The last address that the output names.
pub(crate) fn address(output: &str) -> Option<String> {
    let last = URL.as_ref()?.find_iter(output).last()?;
    Some(last.as_str().trim_end_matches(['.', ',', ';', ':']).to_owned())
}

/// Whether a failure speaks of missing rights or credentials.
pub(crate) fn lacks_credentials(output: &str) -> bool {
    is_match(CREDENTIALS.as_ref(), output)
}

/// Whether a text speaks of a credential that has expired, or soon will.
pub(crate) fn expired(output: &str) -> bool {
    is_match(EXPIRED.as_ref(), output)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pattern_compiles() {
        let all = [
            &TESTS,
            &DEPLOYS,
            &OPENS_PR,
            &COMMITS,
            &BRANCH,
            &GO,
            &SHA,
            &PR_URL,
            &URL,
            &CREDENTIALS,
            &EXPIRED,
        ];
        assert!(all.iter().all(|pattern| pattern.is_some()));
    }

    #[test]
    fn commands_are_known_by_what_they_run_not_by_what_they_mention() {
        for command in [
            "./deploy.sh --env production",
            "sleep 1; ./deploy.sh",
            "FOO=1 sudo kubectl apply -f x",
            "cd /x && npm run deploy",
        ] {
            assert!(does(command).deploys, "{command}");
        }
        for command in [
            "cat deploy.sh",
            "grep -n deploy README.md",
            "ls ./deploy.d; echo deploy",
            "git commit -m 'deploy'",
        ] {
            assert!(!does(command).deploys, "{command}");
        }
        for command in
            ["python3 -m unittest discover -s tests", "CI=1 npm test", "cd api && cargo nextest run"]
        {
            assert!(does(command).tests, "{command}");
        }
        assert!(!does("cat tests/pytest.ini").tests);
        assert!(does("./tools/gh pr create --base main").opens_pr);
    }

    #[test]
    fn branch_folder_commit_and_addresses_are_found() {
        let command = "cd /srv/work/x && git checkout -q -b fix/rounding && git commit -qm x";
        assert_eq!(branch(command).as_deref(), Some("fix/rounding"));
        assert_eq!(folder(command).as_deref(), Some("/srv/work/x"));
        assert_eq!(commit("9d268bc fix: keep cents").as_deref(), Some("9d268bc"));
        assert_eq!(commit("12345678 files, a deadbeef"), None);
        assert_eq!(
            pull_request("https://x.test/a/b/pull/57\n").as_deref(),
            Some("https://x.test/a/b/pull/57")
        );
        assert_eq!(
            address("==> deployed to https://staging.x.test.").as_deref(),
            Some("https://staging.x.test")
        );
    }

    #[test]
    fn failures_name_what_is_missing() {
        assert!(lacks_credentials("403 AccessDenied (role web-deployer lacks s3:PutObject)"));
        assert!(expired("certificate expires in 2 days"));
        assert!(!lacks_credentials("FAILED tests/test_x.py::test_403_page - assert 4030 == 2"));
    }
}
