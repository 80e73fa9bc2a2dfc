use super::*;
use proptest::collection::{btree_set, vec};
use proptest::prelude::*;
use proptest::sample::subsequence;

fn options(count: usize) -> Vec<String> {
    (0..count).map(|n| format!("option {n}")).collect()
}

fn question(points: u16, kind: QuestionKind) -> Question {
    Question { text: "?".into(), points, kind }
}

fn texts(texts: &[&str]) -> Vec<String> {
    texts.iter().map(ToString::to_string).collect()
}

#[test]
fn multiple_choice_takes_wrong_ones_off_right_ones() {
    let question = question(4, QuestionKind::Multiple { options: options(5), partial: true });
    let right = Solution::Choices([0, 1, 2].into());
    let worth = |chosen: &[u8]| points_milli(&question, &right, &Answer::Choices(chosen.iter().copied().collect()));
    assert_eq!(worth(&[0, 1, 2]), 4_000);
    assert_eq!(worth(&[0, 1]), 2_666, "rounded down");
    assert_eq!(worth(&[0, 1, 4]), 1_333);
    assert_eq!(worth(&[0, 3, 4]), 0, "never below nothing");
    assert_eq!(worth(&[0, 1, 2, 3, 4]), 1_333, "choosing all is not the way");
}

#[test]
fn without_partial_credit_it_is_all_or_nothing() {
    let multiple = question(2, QuestionKind::Multiple { options: options(3), partial: false });
    assert_eq!(points_milli(&multiple, &Solution::Choices([0, 1].into()), &Answer::Choices([0].into())), 0);
    let fill_in = question(2, QuestionKind::FillIn { blanks: 2, partial: false });
    let right = Solution::Texts(vec![texts(&["119"]), texts(&["120"])]);
    assert_eq!(points_milli(&fill_in, &right, &Answer::Texts(texts(&["119", "110"]))), 0);
    let ordering = question(2, QuestionKind::Ordering { items: options(3), partial: false });
    assert_eq!(points_milli(&ordering, &Solution::Order(vec![0, 1, 2]), &Answer::Order(vec![0, 2, 1])), 0);
}

#[test]
fn blanks_are_compared_as_people_mean_them() {
    let question = question(2, QuestionKind::FillIn { blanks: 2, partial: true });
    let right = Solution::Texts(vec![texts(&["119", "一一九"]), texts(&["AED", "自动体外除颤器"])]);
    let worth = |answer: &[&str]| points_milli(&question, &right, &Answer::Texts(texts(answer)));
    assert_eq!(worth(&["　１１９ ", "a E d"]), 2_000, "full width, case and spaces do not matter");
    assert_eq!(worth(&["一一九", "自动体外 除颤器"]), 2_000, "each accepted text is as good");
    assert_eq!(worth(&["120", "ＡＥＤ"]), 1_000, "blank by blank");
    assert_eq!(worth(&["AED", "119"]), 0, "in its own blank");
    assert_eq!(worth(&["119"]), 1_000, "what is missing is wrong");
}

#[test]
fn one_thing_out_of_place_costs_one_step() {
    let question = question(4, QuestionKind::Ordering { items: options(5), partial: true });
    let right = Solution::Order(vec![4, 3, 2, 1, 0]);
    let worth = |order: &[u8]| points_milli(&question, &right, &Answer::Order(order.to_vec()));
    assert_eq!(worth(&[4, 3, 2, 1, 0]), 4_000);
    assert_eq!(worth(&[3, 2, 1, 0, 4]), 3_000, "the first put last");
    assert_eq!(worth(&[3, 4, 2, 1, 0]), 3_000, "two neighbours swapped");
    assert_eq!(worth(&[0, 1, 2, 3, 4]), 0, "the reverse");
    assert_eq!(worth(&[4, 2, 0]), 2_000, "things left out");
    assert_eq!(worth(&[]), 0);
}

#[test]
fn passing_is_reaching_the_percentage_exactly() {
    let questions =
        [question(1, QuestionKind::TrueFalse), question(1, QuestionKind::TrueFalse), question(3, QuestionKind::TrueFalse)];
    let rights = [true, true, true].map(|truth| Right { answer: Solution::Truth(truth), explanation: String::new() });
    let answers = [Some(Answer::Truth(false)), None, Some(Answer::Truth(true))];
    let score = mark(&questions, &rights, &answers, 60);
    assert_eq!((score.points_milli, score.max_milli, score.passed, score.per_question), (3_000, 5_000, true, vec![0, 0, 3_000]));
    assert!(!mark(&questions, &rights, &answers, 61).passed);
    assert_eq!(mark(&questions, &rights[..1], &answers[2..], 60).per_question, [1_000, 0, 0], "lists of other lengths");
}

fn any_answer() -> impl Strategy<Value = Answer> {
    prop_oneof![
        any::<u8>().prop_map(Answer::Choice),
        (0u8..6).prop_map(Answer::Choice),
        btree_set(0u8..8, 0..8).prop_map(Answer::Choices),
        any::<bool>().prop_map(Answer::Truth),
        vec(".{0,6}", 0..5).prop_map(Answer::Texts),
        vec(0u8..8, 0..8).prop_map(Answer::Order),
        Just((0u8..5).collect::<Vec<_>>()).prop_shuffle().prop_map(Answer::Order),
    ]
}

/// A question with a solution that fits it.
fn solved() -> impl Strategy<Value = (Question, Solution)> {
    let kind = (2usize..8).prop_flat_map(|count| {
        let numbers: Vec<u8> = (0..count as u8).collect();
        let blank = vec("[a-zA-Z0-9一-三Ａ-Ｃ]{1,4}", 1..4);
        let some = subsequence(numbers.clone(), 1..=count);
        prop_oneof![
            (0..count as u8).prop_map(move |right| (QuestionKind::Single { options: options(count) }, Solution::Choice(right))),
            (some, any::<bool>()).prop_map(move |(right, partial)| {
                (QuestionKind::Multiple { options: options(count), partial }, Solution::Choices(right.into_iter().collect()))
            }),
            any::<bool>().prop_map(|truth| (QuestionKind::TrueFalse, Solution::Truth(truth))),
            (vec(blank, count), any::<bool>()).prop_map(move |(right, partial)| (
                QuestionKind::FillIn { blanks: count as u8, partial },
                Solution::Texts(right)
            )),
            (Just(numbers).prop_shuffle(), any::<bool>()).prop_map(move |(right, partial)| (
                QuestionKind::Ordering { items: options(count), partial },
                Solution::Order(right)
            )),
        ]
    });
    (1u16..=1_000, kind).prop_map(|(points, (kind, right))| (question(points, kind), right))
}

/// An answer that is right in every part: `pick` chooses among accepted texts.
fn perfect(right: &Solution, pick: usize) -> Answer {
    match right.clone() {
        Solution::Choice(choice) => Answer::Choice(choice),
        Solution::Choices(choices) => Answer::Choices(choices),
        Solution::Truth(truth) => Answer::Truth(truth),
        Solution::Texts(texts) => {
            Answer::Texts(texts.iter().map(|accepted| format!(" {}　", accepted[pick % accepted.len()])).collect())
        }
        Solution::Order(order) => Answer::Order(order),
    }
}

/// The same question with its options in another order: option `n` becomes option `to[n]`.
fn renumber_answer(answer: &Answer, to: &[u8]) -> Answer {
    let at = |n: &u8| to[usize::from(*n)];
    match answer {
        Answer::Choice(choice) => Answer::Choice(at(choice)),
        Answer::Choices(choices) => Answer::Choices(choices.iter().map(at).collect()),
        Answer::Order(order) => Answer::Order(order.iter().map(at).collect()),
        other => other.clone(),
    }
}

fn renumber_solution(right: &Solution, to: &[u8]) -> Solution {
    let at = |n: &u8| to[usize::from(*n)];
    match right {
        Solution::Choice(choice) => Solution::Choice(at(choice)),
        Solution::Choices(choices) => Solution::Choices(choices.iter().map(at).collect()),
        Solution::Order(order) => Solution::Order(order.iter().map(at).collect()),
        other => other.clone(),
    }
}

proptest! {
    /// Any answer at all: no panic, and between nothing and everything.
    #[test]
    fn points_lie_between_nothing_and_all((question, right) in solved(), answer in any_answer()) {
        let points = points_milli(&question, &right, &answer);
        prop_assert!(points <= u32::from(question.points) * 1_000);
        if !question.fits(&answer) {
            prop_assert_eq!(points, 0);
        }
    }

    /// The key itself earns everything, and a perfect paper is passed at 100 percent.
    #[test]
    fn the_key_earns_everything(solved in vec(solved(), 1..6), pick in 0usize..4) {
        let answers: Vec<_> = solved.iter().map(|(_, right)| Some(perfect(right, pick))).collect();
        let (questions, rights): (Vec<_>, Vec<_>) =
            solved.into_iter().map(|(question, answer)| (question, Right { answer, explanation: String::new() })).unzip();
        let score = mark(&questions, &rights, &answers, 100);
        prop_assert_eq!(score.points_milli, score.max_milli);
        prop_assert!(score.passed);
        let nothing = mark(&questions, &rights, &vec![None; questions.len()], 1);
        prop_assert_eq!((nothing.points_milli, nothing.passed), (0, false));
    }

    /// An answer that says nothing earns nothing.
    #[test]
    fn an_empty_answer_earns_nothing((question, right) in solved(), spaces in vec("[ 　\t]{0,3}", 0..8)) {
        for empty in [Answer::Choices(BTreeSet::new()), Answer::Texts(spaces), Answer::Order(Vec::new())] {
            prop_assert_eq!(points_milli(&question, &right, &empty), 0);
        }
    }

    /// In which order the options stand makes no difference.
    #[test]
    fn the_order_of_options_does_not_matter(
        (question, right) in solved(), answers in vec(any_answer(), 24),
        to in Just((0u8..7).collect::<Vec<_>>()).prop_shuffle(),
    ) {
        let count = match &question.kind {
            QuestionKind::Single { options } | QuestionKind::Multiple { options, .. } => options.len(),
            QuestionKind::Ordering { items, .. } => items.len(),
            _ => 0,
        };
        let to: Vec<u8> = to.into_iter().filter(|n| usize::from(*n) < count).collect();
        for answer in answers.into_iter().chain([perfect(&right, 0)]).filter(|answer| question.fits(answer)) {
            let points = points_milli(&question, &right, &answer);
            let shuffled = points_milli(&question, &renumber_solution(&right, &to), &renumber_answer(&answer, &to));
            prop_assert_eq!(points, shuffled);
        }
    }

    /// Full marks are for the right answer alone: where not every part is right, something is missing.
    #[test]
    fn only_the_right_answer_earns_everything((question, right) in solved(), answer in any_answer()) {
        let full = points_milli(&question, &right, &answer) == u32::from(question.points) * 1_000;
        if full && !matches!(right, Solution::Texts(_)) {
            prop_assert_eq!(answer, perfect(&right, 0));
        }
    }
}
