//! How a page looks: checked by axe, measured, and pictured for people to see.

use std::{fs, path::Path};

use serde_json::json;

use super::Browser;

/// What no page may break. In the second theme only colours differ.
const AXE: [(&str, &str); 2] = [
    ("light", "{ type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'] }"),
    ("dark", "{ type: 'rule', values: ['color-contrast', 'link-in-text-block'] }"),
];

/// The laptop and the phone that pages are looked at on.
const LAPTOP: u32 = 1280;
const PHONE: u32 = 360;

impl Browser {
    /// Looks at the page as it is now, in light and dark, on a laptop and on a phone, and leaves pictures of it.
    pub(crate) async fn is_for_everybody(&self, name: &str) {
        self.keeps_the_content_policy().await;
        self.wide(LAPTOP).await;
        self.is_accessible().await;
        self.fits().await;
        self.pictured(name).await;
        self.wide(PHONE).await;
        self.fits().await;
        self.shot(&format!("{name}-360")).await;
    }

    /// Nothing on the page was refused by its own content policy.
    async fn keeps_the_content_policy(&self) {
        let refused = "const done = arguments[arguments.length - 1];
            const told = reports => reports.map(report => `${report.body.effectiveDirective}: ${report.body.blockedURL}`);
            const observer = new ReportingObserver(reports => done(told(reports)), { types: ['csp-violation'], buffered: true });
            observer.observe();
            setTimeout(() => done([]), 50);";
        let found = self.driver.execute_async(refused, Vec::new()).await.unwrap().json().clone();
        assert_eq!(found, json!([]), "{}", self.address().await);
    }

    /// The status of the answer that this page is.
    pub(crate) async fn status(&self) -> u64 {
        let asked = "return performance.getEntriesByType('navigation')[0].responseStatus";
        self.run(asked).await.as_u64().unwrap()
    }

    /// Looks the page over with axe in light and dark: no violation of WCAG 2.2 AA.
    pub(crate) async fn is_accessible(&self) {
        if self.run("return typeof axe").await == "undefined" {
            self.run(include_str!("../vendor/axe.min.js")).await;
        }
        for (theme, rules) in AXE {
            self.dressed(theme).await;
            let check = format!(
                "const done = arguments[arguments.length - 1];
                 axe.run({{ runOnly: {rules} }}).then(found =>
                   done(found.violations.map(v => v.id + ': ' + v.nodes.map(n => n.html).join(' ').slice(0, 400))))"
            );
            let found = self.driver.execute_async(check, Vec::new()).await.unwrap().json().clone();
            assert_eq!(found, json!([]), "{theme}: {}", self.address().await);
        }
        self.dressed("").await;
    }

    /// Nothing sticks out to the side.
    pub(crate) async fn fits(&self) {
        let (wide, room) = (
            self.run("return document.documentElement.scrollWidth").await,
            self.run("return document.documentElement.clientWidth").await,
        );
        assert!(wide.as_i64() <= room.as_i64(), "{wide} in {room}: {}", self.address().await);
    }

    /// Gives the window another width, as a phone or a laptop has it.
    async fn wide(&self, width: u32) {
        let metrics = json!({ "width": width, "height": 800, "deviceScaleFactor": 1, "mobile": width < 500 });
        self.devtools("Emulation.setDeviceMetricsOverride", metrics).await;
    }

    /// Leaves a picture of the whole page in light and in dark under `target/tmp/pictures`.
    pub(crate) async fn pictured(&self, name: &str) {
        for theme in ["light", "dark"] {
            self.dressed(theme).await;
            self.shot(&format!("{name}-{theme}")).await;
        }
        self.dressed("").await;
    }

    /// Leaves one picture of the whole page as it is.
    pub(crate) async fn shot(&self, name: &str) {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("pictures");
        fs::create_dir_all(&folder).unwrap();
        let area = self.devtools("Page.getLayoutMetrics", json!({})).await["cssContentSize"].clone();
        let clip = json!({ "x": 0, "y": 0, "width": area["width"], "height": area["height"], "scale": 1 });
        let wanted = json!({ "format": "png", "captureBeyondViewport": true, "clip": clip });
        let taken = self.devtools("Page.captureScreenshot", wanted).await;
        let picture = thirtyfour::support::base64_decode(taken["data"].as_str().unwrap()).unwrap();
        fs::write(folder.join(format!("{name}.png")), picture).unwrap();
    }

    /// In light or dark whatever the system says; as the system says where it is empty.
    async fn dressed(&self, theme: &str) {
        let dress = "const root = document.documentElement.dataset;
            if (arguments[0]) root.bsTheme = arguments[0]; else delete root.bsTheme;";
        self.driver.execute(dress, vec![theme.into()]).await.unwrap();
    }

    async fn address(&self) -> String {
        self.driver.current_url().await.unwrap().to_string()
    }

    pub(super) async fn devtools(&self, command: &str, wanted: serde_json::Value) -> serde_json::Value {
        self.driver.cdp().send_raw(command, wanted).await.unwrap()
    }
}
