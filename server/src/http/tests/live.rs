use std::time::Duration;

use futures_util::StreamExt;
use haitang_domain::Feed;
use reqwest::Response;

use super::rig::{BO, BRANCH, CHEN, Rig, TestPhone, id, new_number};
use crate::account::token::Holder;

struct Events {
    response: std::pin::Pin<Box<dyn futures_util::Stream<Item = reqwest::Result<bytes::Bytes>> + Send>>,
    held: String,
}

impl Events {
    fn new(response: Response) -> Self {
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        Self { response: Box::pin(response.bytes_stream()), held: String::new() }
    }

    /// The next event, `None` where the connection ended.
    async fn next(&mut self) -> Option<(String, String)> {
        loop {
            if let Some((event, rest)) = self.held.split_once("\n\n") {
                let field =
                    |name: &str| event.lines().find_map(|line| line.strip_prefix(name)).unwrap_or_default().trim().to_owned();
                let found = (field("event:"), field("data:"));
                self.held = rest.to_owned();
                return Some(found);
            }
            let piece = self.response.next().await?.ok()?;
            self.held.push_str(std::str::from_utf8(&piece).expect("text"));
        }
    }

    async fn within(&mut self, ms: u64) -> Result<Option<(String, String)>, tokio::time::error::Elapsed> {
        tokio::time::timeout(Duration::from_millis(ms), self.next()).await
    }
}

async fn listen(rig: &Rig, token: &str) -> Events {
    let mut events = Events::new(rig.get("/v1/live").bearer_auth(token).send().await.expect("answers"));
    assert_eq!(events.within(5_000).await.expect("in time").expect("an event").0, "ready");
    events
}

#[tokio::test]
async fn a_phone_hears_of_its_own_feeds_and_of_no_other() {
    let rig = Rig::start().await;
    let (bo, second, chen) = (rig.phone(BO).await, rig.phone(BO).await, rig.phone(CHEN).await);
    let mut mine = listen(&rig, &second.token).await;
    let mut theirs = listen(&rig, &chen.token).await;
    rig.do_one(&bo, BO, &new_number(BO, "12345")).await;
    let (event, data) = mine.within(5_000).await.expect("in time").expect("an event");
    assert_eq!(event, "pull");
    let feeds: Vec<Feed> = serde_json::from_str(&data).expect("feeds");
    assert!(feeds.contains(&Feed::org(id(BRANCH))), "{feeds:?}");
    assert!(theirs.within(500).await.is_err(), "nothing for another county");
}

#[tokio::test]
async fn the_connection_ends_with_the_token_and_with_the_server() {
    let rig = Rig::start().await;
    let bo: TestPhone = rig.phone(BO).await;
    let almost = rig.now().plus_millis(-haitang_protocol::limits::ACCESS_TOKEN_MS + 700);
    let short = rig.running.app.accounts.issue_at(Holder::Device(bo.enrolled.device), id(BO), almost).token;
    let mut ending = listen(&rig, &short).await;
    assert_eq!(ending.within(5_000).await.expect("in time"), None, "the token ended");

    let mut open = listen(&rig, &bo.token).await;
    let stopped = tokio::time::timeout(Duration::from_secs(10), rig.running.stop()).await;
    stopped.expect("a live connection does not hold the server up").expect("stops");
    assert_eq!(open.within(1_000).await.expect("in time"), None);
}
