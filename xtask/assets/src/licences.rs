//! Licence texts of what we pass on: fonts, icons and ECharts ask that theirs travels with them.

use std::fs;

use anyhow::{Context, Result};

use crate::options::Options;
use crate::site::Site;

const PACKAGES: [(&str, &str); 5] = [
    ("geist", "@fontsource-variable/geist"),
    ("geist-mono", "@fontsource-variable/geist-mono"),
    ("lucide", "lucide-static"),
    ("echarts", "echarts"),
    ("zrender", "zrender"),
];

pub(crate) fn add(site: &mut Site, options: &Options) -> Result<()> {
    for (name, package) in PACKAGES {
        let file = options.node_modules().join(package).join("LICENSE");
        let text = fs::read(&file).with_context(|| format!("cannot read {}", file.display()))?;
        site.add(format!("licences/{name}.txt"), text);
    }
    // The Apache licence asks for the notice, too.
    let notice = options.node_modules().join("echarts/NOTICE");
    let text = fs::read(&notice).with_context(|| format!("cannot read {}", notice.display()))?;
    site.add("licences/echarts-notice.txt", text);
    Ok(())
}
