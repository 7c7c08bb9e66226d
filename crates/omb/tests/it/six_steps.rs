//! The page `docs/six-steps.md`, run as it stands by a shell against a running product.

use std::process::Stdio;

use crate::app::TestApp;

/// The page's shell blocks, joined.
pub(crate) fn script() -> String {
    let page = include_str!("../../../../docs/six-steps.md");
    let blocks = page.split("```sh\n").skip(1).filter_map(|rest| rest.split("```").next());
    blocks.collect::<Vec<_>>().join("\n")
}

#[tokio::test(flavor = "multi_thread")]
async fn the_six_steps_work_as_the_documentation_has_them() {
    for app in TestApp::each().await {
        let (stop, stopped) = tokio::sync::watch::channel(false);
        let workers = app.runner.start(2, stopped);
        let output = tokio::process::Command::new("bash")
            .args(["-euo", "pipefail", "-c", &script()])
            .env("OMB_URL", &app.url)
            .stdin(Stdio::null())
            .output()
            .await
            .unwrap();
        let (said, failed) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        assert!(output.status.success(), "{:?}: {}\n{said}\n{failed}", app.kind, output.status);
        stop.send(true).unwrap();
        workers.await.unwrap();
        app.finish().await;
    }
}
