use haitang_domain::activity::Log;
use haitang_domain::directory::Member;
use haitang_domain::evidence::TimeToken;
use haitang_domain::{Action, Command, Key, Kind, directory};
use haitang_protocol::push::Push;
use haitang_protocol::{ChainHash, Envelope, ProblemCode};
use proptest::prelude::*;

use super::super::ingest::{Job, commit};
use super::rig::*;
use crate::account::access::look;
use crate::admin::verify::verify_log;
use crate::storage::Storage as _;

#[tokio::test]
async fn many_phones_share_few_commits_and_each_hears_its_own_answers() {
    let rig = Rig::new();
    let mut phones: Vec<_> = (1..=40).map(|n| rig.phone(ANNA, n)).collect();
    let mut moved = rig.hub.subscribe();
    // While another transaction holds the writer, everything queues up.
    let (release, held) = std::sync::mpsc::channel::<()>();
    let (holds, is_held) = std::sync::mpsc::channel::<()>();
    let storage = rig.storage.clone();
    let holder = std::thread::spawn(move || {
        storage.write(id(OTHER_COUNTY), &mut |_| {
            let _ = holds.send(());
            let _ = held.recv();
            Ok(())
        })
    });
    is_held.recv().expect("holds the writer");
    let pushes: Vec<_> =
        phones.iter_mut().zip(1..).map(|(phone, n)| phone.push(COUNTY, &[add_member(n), add_member(n)])).collect();
    let tasks: Vec<_> = pushes
        .into_iter()
        .map(|push| {
            let hub = rig.hub.clone();
            tokio::spawn(async move { hub.push(push.device, Push { epoch: hub.epoch(), ..push }, at(NOW)).await })
        })
        .collect();
    while rig.hub.queue_depth() < 40 {
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    }
    release.send(()).expect("releases");
    holder.join().expect("ends").expect("commits");
    for task in tasks {
        assert_eq!(words(&task.await.expect("ends").expect("is taken in")), ["ok", "exists"]);
    }
    // Live connections are told after the phones are answered, so the first is waited for.
    moved.recv().await.expect("is told");
    let mut commits = 1;
    while moved.try_recv().is_ok() {
        commits += 1;
    }
    assert!((1..=5).contains(&commits), "{commits} commits");
    assert_eq!(rig.hub.queue_depth(), 0);
}

#[tokio::test]
async fn what_is_sent_again_is_answered_again_and_applied_once() {
    let rig = Rig::new();
    let mut anna = rig.phone(ANNA, 1);
    let (_, start) = anna.chain(COUNTY);
    let made: Vec<_> =
        [add_member(1), add_member(1), add_member(2), add_member(3)].iter().map(|c| anna.make(COUNTY, c)).collect();
    let first = rig.push(anna.wrap(COUNTY, start, &made[..3])).await.expect("is taken in");
    assert_eq!(words(&first), ["ok", "exists", "ok"]);
    let version = rig.version(COUNTY);
    for _ in 0..10 {
        let again = rig.push(anna.wrap(COUNTY, start, &made[..3])).await.expect("is taken in");
        assert_eq!(again.answers, first.answers);
    }
    assert_eq!(rig.version(COUNTY), version);
    // The answer was lost, and the phone has meanwhile more to say; or it sends half of what it sent.
    let longer = rig.push(anna.wrap(COUNTY, start.next(&made[0]), &made[1..])).await.expect("is taken in");
    assert_eq!(longer.answers[..2], first.answers[1..]);
    assert_eq!(longer.answers[2].version, version + 1);
    let half = rig.push(anna.wrap(COUNTY, start, &made[..2])).await.expect("is taken in");
    assert_eq!(half.answers, first.answers[..2]);
}

#[tokio::test]
async fn a_gap_is_told_with_where_the_server_stands() {
    let rig = Rig::new();
    let mut anna = rig.phone(ANNA, 1);
    let start = anna.chain(COUNTY).1;
    let made: Vec<_> = (1..=4).map(|n| anna.make(COUNTY, &add_member(n))).collect();
    let links: Vec<_> = made.iter().scan(start, |link, bytes| Some(std::mem::replace(link, link.next(bytes)))).collect();
    rig.push(anna.wrap(COUNTY, start, &made[..1])).await.expect("is taken in");
    let problem = rig.push(anna.wrap(COUNTY, links[2], &made[2..])).await.expect_err("one is missing");
    assert_eq!((problem.code, problem.values["seq"].as_str()), (ProblemCode::Gap, "1"));
    assert_eq!(problem.values["hash"], hex::encode(links[1].0));
    // One left out in the middle, after something that is known.
    let skipping = [made[0].clone(), made[2].clone()];
    let problem = rig.push(anna.wrap(COUNTY, start, &skipping)).await.expect_err("one is missing");
    assert_eq!(problem.code, ProblemCode::BadRequest);
    assert_eq!(words(&rig.push(anna.wrap(COUNTY, links[1], &made[1..])).await.expect("goes on")), ["ok"; 3]);
}

#[tokio::test]
async fn other_commands_under_known_numbers_are_told_apart() {
    let rig = Rig::new();
    let mut anna = rig.phone(ANNA, 1);
    let start = anna.chain(COUNTY).1;
    let made: Vec<_> = (1..=2).map(|n| anna.make(COUNTY, &add_member(n))).collect();
    rig.push(anna.wrap(COUNTY, start, &made)).await.expect("is taken in");
    // The phone was restored from an old copy and used its numbers again, for as many, for more, and for a later one.
    anna.set_chain(COUNTY, (1, start.next(&made[0])));
    anna.next = 2;
    let other: Vec<_> = (8..=9).map(|n| anna.make(COUNTY, &add_member(n))).collect();
    let after = start.next(&made[0]);
    for push in [
        anna.wrap(COUNTY, after, &other[..1]),
        anna.wrap(COUNTY, after, &other),
        anna.wrap(COUNTY, after.next(&other[0]), &other[1..]),
    ] {
        let problem = rig.push(push).await.expect_err("is other");
        assert_eq!((problem.code, problem.values["seq"].as_str()), (ProblemCode::Diverged, "2"));
    }
    assert!(rig.read::<Member>(numbered(8)).is_none() && rig.read::<Member>(numbered(9)).is_none());
}

#[tokio::test]
async fn one_that_is_refused_or_cannot_be_read_does_not_hold_up_the_others() {
    let rig = Rig::new();
    let mut anna = rig.phone(ANNA, 1);
    let start = anna.chain(COUNTY).1;
    let mut made = vec![anna.make(COUNTY, &add_member(1)), anna.make(COUNTY, &add_member(1))];
    // Torn on the phone's disk: only its numbers can be read.
    let mut torn = Envelope::parse(&anna.make(COUNTY, &add_member(2))).expect("reads").to_vec();
    torn.truncate(40);
    made.push(torn);
    let newer = Envelope::parse(&anna.make(COUNTY, &add_member(3))).expect("reads");
    made.push(Envelope { action: br#"{"welfare":{"visit":{}}}"#.to_vec(), ..newer }.to_vec());
    made.push(anna.make(COUNTY, &add_member(4)));
    let answer = rig.push(anna.wrap(COUNTY, start, &made)).await.expect("is taken in");
    assert_eq!(words(&answer), ["ok", "exists", "unreadable", "too_new", "ok"]);
    assert_eq!(answer.answers.iter().map(|answer| answer.seq).collect::<Vec<_>>(), [1, 2, 3, 4, 5]);
    assert!(rig.read::<Member>(numbered(4)).is_some());
    assert!(verify_log(rig.storage.as_ref()).expect("walks").iter().all(|report| report.fault.is_none()));
}

#[tokio::test]
async fn only_the_device_itself_can_push_in_its_name() {
    let rig = Rig::new();
    let (mut anna, mut bo) = (rig.phone(ANNA, 1), rig.phone(BO, 2));
    let push = bo.push(COUNTY, &[rename(id(BO), "member 11")]);
    let problem = rig.hub.push(anna.device, push.clone(), at(NOW)).await.expect_err("another's token");
    assert_eq!(problem.code, ProblemCode::NotYourDevice);
    let forged = Push { signature: ChainHash(push.prev_hash).sign(&anna.key), ..push.clone() };
    assert_eq!(rig.push(forged).await.expect_err("another's hand").code, ProblemCode::BadSignature);
    let mut changed = push.clone();
    changed.commands[0][30] ^= 1;
    assert_eq!(rig.push(changed).await.expect_err("changed on the way").code, ProblemCode::BadSignature);
    assert_eq!(words(&rig.push(push).await.expect("its own")), ["ok"]);
    // A command in another's name, rightly signed by a device that is not theirs.
    anna.member = BO;
    assert_eq!(rig.do_all(&mut anna, &[rename(id(BO), "not me")]).await, ["not_yours"]);
    rig.storage.revoke_device(bo.device, at(NOW)).expect("revokes");
    let late = bo.push(COUNTY, &[rename(id(BO), "member 11")]);
    assert_eq!(rig.push(late).await.expect_err("revoked").code, ProblemCode::Revoked);
}

#[tokio::test]
async fn records_stay_in_their_shard() {
    let rig = Rig::new();
    let mut chen = rig.phone(CHEN, 1);
    assert_eq!(rig.do_all(&mut chen, &[rename(id(CHEN), "member 12")]).await, ["wrong_shard"], "it lives elsewhere");
    let push = chen.push(OTHER_COUNTY, &[rename(id(CHEN), "member 12")]);
    assert_eq!(words(&rig.push(push).await.expect("is taken in")), ["ok"], "a chain in each shard");
    let nowhere = chen.push(77, &[rename(id(CHEN), "x")]);
    assert_eq!(rig.push(nowhere).await.expect_err("no such shard").code, ProblemCode::NoSuchShard);
    let mut anna = rig.phone(ANNA, 2);
    let create = |kind| directory::Action::CreateOrg { parent: id(BRANCH), kind, name: "新".into() };
    let make = |n, kind| Command { target: Key::new(Kind::Org, numbered(n)), action: Action::Directory(create(kind)) };
    let add = directory::Action::AddMember { org: numbered(1), name: "新人".into(), phone: None, joined: None };
    let add = Command { target: Key::new(Kind::Member, numbered(3)), action: Action::Directory(add) };
    let words = rig.do_all(&mut anna, &[make(1, directory::OrgKind::Group), make(2, directory::OrgKind::County), add]).await;
    assert_eq!(words, ["ok", "wrong_shard", "ok"], "a new org and its people live with the org above");
}

#[tokio::test]
async fn a_forged_word_on_the_time_bounds_nothing() {
    let rig = Rig::new();
    let (mut bo, other) = (rig.phone(BO, 1), rig.phone(BO, 2));
    let issued = at(NOW - 600_000);
    let token = |device| TimeToken { issued, boot: id(99), mono_ms: 1_000, mac: rig.keys.issue_time(device, issued).mac };
    bo.token = Some(token(other.device));
    let first = bo.make(COUNTY, &submit_log(1));
    bo.token = Some(token(bo.device));
    let second = bo.make(COUNTY, &submit_log(2));
    let start = ChainHash::start(bo.device, id(COUNTY));
    assert_eq!(words(&rig.push(bo.wrap(COUNTY, start, &[first, second])).await.expect("is taken in")), ["ok", "ok"]);
    let made = |n| rig.read::<Log>(numbered(n)).expect("a log").submitted.expect("submitted");
    assert_eq!((made(1).earliest, made(1).latest), (at(0), at(NOW - 1_000)));
    assert_eq!((made(2).earliest, made(2).latest), (issued.plus_millis(4_000), at(NOW - 1_000)));
}

#[tokio::test]
async fn nothing_is_acknowledged_on_a_full_disk_and_everything_goes_on_after() {
    let rig = Rig::new();
    let mut anna = rig.phone(ANNA, 1);
    let commands: Vec<_> = (1..=900).map(add_member).collect();
    let push = anna.push(COUNTY, &commands);
    rig.storage.tamper("PRAGMA max_page_count = 60");
    let before = rig.version(COUNTY);
    assert_eq!(rig.push(push.clone()).await.expect_err("is full").code, ProblemCode::StorageFull);
    assert_eq!(rig.version(COUNTY), before);
    rig.storage.tamper("PRAGMA max_page_count = 1000000");
    assert_eq!(words(&rig.push(push).await.expect("is taken in")), vec!["ok"; 900]);
    assert_eq!(rig.version(COUNTY), before + 900);
}

#[tokio::test]
async fn a_damaged_record_holds_up_nobody_else() {
    let rig = Rig::new();
    let (mut anna, mut bo) = (rig.phone(ANNA, 1), rig.phone(BO, 2));
    rig.storage.tamper(&format!("UPDATE record SET body = 'x' WHERE id = x'{}'", hex::encode(id(ANNA).bytes())));
    let pushes = [anna.push(COUNTY, &[add_member(1)]), bo.push(COUNTY, &[rename(id(BO), "member 11")])];
    let [one, two] = pushes.map(|push| rig.push(push));
    let (one, two) = tokio::join!(one, two);
    assert_eq!(one.expect_err("her record is damaged").code, ProblemCode::Internal);
    assert_eq!(words(&two.expect("goes on")), ["ok"]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// However commands are cut into pushes, sent again and interleaved, each is applied once, the versions are dense, and the log
    /// is whole.
    #[test]
    fn versions_are_dense_and_the_log_is_whole(cuts in proptest::collection::vec((0usize..2, 1usize..6, 0usize..4), 1..14)) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        runtime.block_on(async {
            let rig = Rig::new();
            let began = rig.version(COUNTY);
            let mut phones = [rig.phone(ANNA, 1), rig.phone(ANNA, 2)];
            let mut sent: [Vec<Vec<u8>>; 2] = Default::default();
            let (mut accepted, mut n) = (0, 0);
            for (who, count, back) in cuts {
                let phone = &mut phones[who];
                let from = sent[who].len().saturating_sub(back);
                for _ in 0..count {
                    // Every third is refused, since it is there already.
                    n += 1;
                    let bytes = phone.make(COUNTY, &add_member(if n % 3 == 0 { n - 1 } else { n }));
                    sent[who].push(bytes);
                    accepted += u64::from(n % 3 != 0);
                }
                let start = ChainHash::start(phone.device, id(COUNTY));
                let prev = sent[who][..from].iter().fold(start, |link, bytes| link.next(bytes));
                let answer = rig.push(phone.wrap(COUNTY, prev, &sent[who][from..])).await.expect("is taken in");
                assert_eq!(answer.answers.len(), sent[who].len() - from);
            }
            assert_eq!(rig.version(COUNTY), began + accepted);
            let mut versions = vec![];
            look(rig.storage.as_ref(), |snapshot| {
                snapshot.versions(id(COUNTY), &mut |_, version| {
                    versions.push(version);
                    true
                })
            })
            .expect("reads");
            assert_eq!(versions, (1..=began + accepted).collect::<Vec<_>>(), "no version is missing and none is given twice");
            let reports = verify_log(rig.storage.as_ref()).expect("walks");
            let county = reports.iter().find(|report| report.shard == id(COUNTY)).expect("the county");
            assert_eq!((county.entries, county.fault.clone()), (u64::from(n), None));
        });
    }
}

#[tokio::test]
async fn a_push_of_another_epoch_is_declined_before_anything_is_judged() {
    let rig = Rig::new();
    let mut anna = rig.phone(ANNA, 1);
    let push = anna.push(COUNTY, &[add_member(1)]);
    let before = rig.version(COUNTY);
    let late = Push { epoch: id(251), ..push.clone() };
    assert_eq!(rig.hub.push(anna.device, late, at(NOW)).await.expect_err("is late").code, ProblemCode::EpochChanged);
    assert_eq!(rig.version(COUNTY), before);
    assert_eq!(words(&rig.push(push).await.expect("is taken in")), ["ok"]);
}

#[tokio::test]
async fn a_push_that_waits_while_its_device_is_revoked_is_not_committed() {
    let rig = Rig::new();
    let mut anna = rig.phone(ANNA, 1);
    let push = anna.push(COUNTY, &[add_member(1)]);
    // Looked up before it was queued, and revoked before it is committed.
    let device = rig.storage.device(anna.device).expect("reads").expect("is there");
    rig.storage.revoke_device(anna.device, at(NOW)).expect("revokes");
    let (reply, answer) = tokio::sync::oneshot::channel();
    let job = Job { device, push, received: at(NOW), reply };
    assert!(commit(rig.storage.as_ref(), &rig.keys, id(COUNTY), vec![job]).is_empty());
    assert_eq!(answer.await.expect("answers").expect_err("is revoked").code, ProblemCode::Revoked);
}
