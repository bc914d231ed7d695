//! `memories/` and `skills/`: what the agent has learned.

use std::{fs, io, path::Path};

use domain::source::{Lesson, LessonKind};
use ingest::redact::redact;

use crate::session::tool::clip;

/// A file larger than this is not opened, in bytes: memories are held to about 2,200 characters.
const LARGEST: u64 = 1024 * 1024;

/// How much of a lesson is kept, in bytes.
const TEXT: usize = 4 * 1024;

/// How much of a skill's name is kept, in bytes.
const NAME: usize = 200;

/// What stands between the entries of a memory file.
const BETWEEN: &str = "\n§\n";

/// The entries of a memory file.
pub(crate) fn memories(path: &Path, profile: &str, kind: LessonKind, place: &str) -> io::Result<Vec<Lesson>> {
    let text = read(path)?;
    let entries = text.split(BETWEEN).map(str::trim).filter(|entry| !entry.is_empty());
    let lesson = |entry: &str| Lesson {
        profile: profile.to_owned(),
        kind,
        name: None,
        text: clip(&redact(entry), TEXT),
        path: place.to_owned(),
    };
    Ok(entries.map(lesson).collect())
}

/// A skill: its name and what it is for, from the front matter.
pub(crate) fn skill(path: &Path, profile: &str, place: &str) -> io::Result<Lesson> {
    let text = read(path)?;
    let front =
        text.strip_prefix("---").and_then(|rest| rest.split_once("\n---")).map_or("", |(front, _)| front);
    let field = |name: &str| {
        let line = front.lines().find_map(|line| line.strip_prefix(name)?.trim_start().strip_prefix(':'));
        line.map(|value| value.trim().trim_matches(['"', '\'']).to_owned()).filter(|value| !value.is_empty())
    };
    let folder = path.parent().and_then(Path::file_name).map(|name| name.to_string_lossy().into_owned());
    Ok(Lesson {
        profile: profile.to_owned(),
        kind: LessonKind::Skill,
        name: field("name").or(folder).map(|name| clip(&name, NAME)),
        text: clip(&redact(&field("description").unwrap_or_default()), TEXT),
        path: place.to_owned(),
    })
}

fn read(path: &Path) -> io::Result<String> {
    let size = fs::metadata(path)?.len();
    if size > LARGEST {
        return Err(io::Error::other(format!("{size} bytes are more than the {LARGEST} that are read")));
    }
    Ok(String::from_utf8_lossy(&fs::read(path)?).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_are_split_and_secrets_taken_out() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("MEMORY.md");
        fs::write(&path, "first\n§\n\n§\nexport API_KEY=sk-1234567890abcdefghij1234\n").unwrap();
        let lessons = memories(&path, "default", LessonKind::Memory, "memories/MEMORY.md").unwrap();
        assert_eq!(lessons.len(), 2);
        assert!(lessons[1].text.contains("[redacted]"), "{}", lessons[1].text);
    }

    #[test]
    fn a_skill_without_front_matter_has_the_name_of_its_folder() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("SKILL.md");
        fs::write(&path, "# Just text").unwrap();
        let lesson = skill(&path, "default", "skills/x/SKILL.md").unwrap();
        assert_eq!(lesson.name.as_deref(), folder.path().file_name().map(|name| name.to_str().unwrap()));
        fs::write(&path, "---\nname: release\ndescription: \"How to\"\n---\n").unwrap();
        let lesson = skill(&path, "default", "skills/x/SKILL.md").unwrap();
        assert_eq!((lesson.name.as_deref(), lesson.text.as_str()), (Some("release"), "How to"));
    }
}
