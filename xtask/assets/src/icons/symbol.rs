//! An SVG file becomes a `<symbol>` of the sprite.

/// All icons are drawn on a 24-pixel grid with round strokes; the width of the stroke is left to CSS.
const ATTRIBUTES: &str =
    r#"viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-linecap="round" stroke-linejoin="round""#;

/// Takes what is inside the `<svg>` element; `None` if there is no such element.
pub(crate) fn from_svg(name: &str, svg: &str) -> Option<String> {
    let svg = &svg[svg.find("<svg")?..];
    let inside = &svg[svg.find('>')? + 1..svg.rfind("</svg>")?];
    let shapes: String = inside.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    Some(format!("<symbol id=\"i-{name}\" {ATTRIBUTES}>{shapes}</symbol>\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_are_kept_and_the_rest_is_ours() {
        let svg = "<!-- a -->\n<svg\n  width=\"24\"\n>\n  <path d=\"M5 12h14\" />\n  <path d=\"m12 5 7 7\" />\n</svg>\n";
        let symbol = from_svg("arrow", svg).unwrap();
        assert!(symbol.starts_with("<symbol id=\"i-arrow\" viewBox="), "{symbol}");
        assert!(symbol.ends_with("><path d=\"M5 12h14\" /><path d=\"m12 5 7 7\" /></symbol>\n"), "{symbol}");
    }

    #[test]
    fn text_is_no_icon() {
        assert_eq!(from_svg("x", "hello"), None);
    }
}
