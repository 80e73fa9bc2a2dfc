use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::time::{Duration, sleep, timeout};

use crate::testing::*;

#[tokio::test]
async fn many_changes_are_told_in_few_calls_and_the_last_always() {
    let town = Town::of(EWA);
    let mut changes = town.phone.changes();
    assert!(timeout(Duration::from_millis(50), changes.next()).await.is_err(), "nothing has changed since");
    let told = Arc::new(AtomicUsize::new(0));
    let (count, phone) = (Arc::clone(&told), town.phone.clone());
    let watching = tokio::spawn(async move {
        while changes.next().await {
            count.fetch_add(1, Ordering::Relaxed);
        }
    });
    for n in 0..60 {
        phone.save_log(None, None, content(&n.to_string())).expect("saves");
        sleep(Duration::from_millis(10)).await;
    }
    // As long as those that came since the last telling may take.
    sleep(Duration::from_millis(300)).await;
    let before = told.load(Ordering::Relaxed);
    assert!((2..=12).contains(&before), "{before} calls for 60 changes");
    phone.save_log(None, None, content("之后")).expect("saves");
    sleep(Duration::from_millis(100)).await;
    assert_eq!(told.load(Ordering::Relaxed), before + 1, "the first after a pause is told at once");
    drop((phone, town));
    timeout(Duration::from_secs(5), watching).await.expect("ends with the phone").expect("ends well");
}

#[tokio::test]
async fn whatever_screens_show_is_told_of() {
    let mut town = Town::of(EWA);
    let mut changes = town.phone.changes();
    town.put(id(60), activity(1));
    assert!(changes.next().await, "received");
    town.phone.attach_bytes(vec![1, 2, 3], "image/jpeg", "photo").expect("takes in");
    assert!(changes.next().await, "a file");
    assert!(town.phone.cancel_activity(id(60), "x").is_err());
    assert!(timeout(Duration::from_millis(300), changes.next()).await.is_err(), "what was refused changes nothing");
}
