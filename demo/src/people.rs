//! Made-up names for people, branches and addresses.

use chrono::NaiveDate;

use crate::draw::Draw;

/// Surnames with how often each is drawn, roughly as in the east of China. Several are read otherwise as surnames than as
/// words (单 Shàn, 曾 Zēng, 解 Xiè, 仇 Qiú, 区 Ōu, 查 Zhā, 任 Rén, 华 Huà, 乐 Yuè, 盖 Gě), which a search by sound must know.
const SURNAMES: &[(&str, usize)] = &[
    ("王", 70),
    ("李", 68),
    ("张", 66),
    ("陈", 48),
    ("刘", 42),
    ("徐", 38),
    ("朱", 34),
    ("沈", 30),
    ("周", 30),
    ("吴", 30),
    ("陆", 26),
    ("顾", 24),
    ("钱", 18),
    ("赵", 24),
    ("杨", 26),
    ("黄", 20),
    ("孙", 22),
    ("胡", 16),
    ("高", 14),
    ("马", 14),
    ("蒋", 14),
    ("金", 14),
    ("严", 10),
    ("范", 10),
    ("邹", 8),
    ("姚", 10),
    ("许", 12),
    ("冯", 10),
    ("俞", 8),
    ("唐", 10),
    ("曹", 10),
    ("谢", 10),
    ("韩", 8),
    ("潘", 8),
    ("袁", 8),
    ("蔡", 8),
    ("余", 8),
    ("叶", 8),
    ("程", 8),
    ("汪", 8),
    ("丁", 8),
    ("葛", 6),
    ("戴", 6),
    ("卢", 6),
    ("施", 6),
    ("陶", 6),
    ("浦", 4),
    ("惠", 4),
    ("郁", 4),
    ("计", 4),
    ("曾", 6),
    ("任", 6),
    ("华", 4),
    ("单", 3),
    ("解", 3),
    ("仇", 3),
    ("查", 3),
    ("区", 2),
    ("乐", 2),
    ("盖", 1),
    ("欧阳", 2),
    ("诸葛", 1),
    ("司徒", 1),
    ("上官", 1),
];

const FIRST: &[char] = &[
    '建', '国', '志', '明', '文', '晓', '小', '雪', '春', '秋', '海', '永', '德', '家', '思', '子', '雨', '佳', '静', '玉', '美',
    '丽', '红', '金', '根', '巧', '雅', '嘉', '俊', '宇', '浩', '天', '亦', '若', '梦', '诗', '景', '承', '立', '慧',
];
const SECOND: &[char] = &[
    '华', '明', '芳', '英', '强', '伟', '军', '平', '兰', '珍', '燕', '霞', '林', '峰', '涛', '洁', '琴', '娟', '敏', '怡', '宁',
    '远', '清', '然', '轩', '涵', '悦', '琪', '泽', '博', '凡', '生', '根', '妹', '良', '康', '安', '新', '元', '成',
];

const BRANCHES: &[&str] = &[
    "海棠", "紫藤", "玉兰", "丹桂", "银杏", "香樟", "梧桐", "石榴", "枇杷", "红枫", "翠竹", "睡莲", "芙蓉", "茉莉", "蜡梅",
    "山茶", "杜鹃", "木槿", "栀子", "合欢", "紫薇", "听松", "望湖", "枕河",
];
const NUMERALS: &[&str] = &["第二", "第三", "第四", "第五", "第六", "第七", "第八", "第九"];

const ROADS: &[&str] = &["定慧寺巷", "桂花弄", "枕河街", "水仙弄", "竹辉巷", "杏花里", "东园路", "柳荫街", "映月路", "听雨巷"];

/// A person's name.
pub fn name(draw: &mut Draw) -> String {
    let all: usize = SURNAMES.iter().map(|(_, weight)| weight).sum();
    let mut left = draw.below(all);
    let surname = SURNAMES.iter().find(|(_, weight)| {
        let here = left < *weight;
        left = left.saturating_sub(*weight);
        here
    });
    let mut name = surname.map_or("王", |(surname, _)| surname).to_owned();
    if draw.below(5) > 0 {
        name.push(*draw.one(FIRST));
    }
    name.push(*draw.one(SECOND));
    name
}

/// A surname with 先生 or 女士, as a household is asked for.
pub fn contact(draw: &mut Draw) -> String {
    let surname = SURNAMES[draw.below(20)].0;
    format!("{surname}{}", draw.one(&["先生", "女士"]))
}

/// The day someone became a member.
pub fn joined(draw: &mut Draw) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(1978 + draw.below(47) as i32, 1 + draw.below(12) as u32, 1 + draw.below(28) as u32)
}

/// What branch `number` of a community is called: 海棠支部 is the first.
pub fn branch(community: &str, number: usize) -> String {
    let flower = BRANCHES[number % BRANCHES.len()];
    match (number / BRANCHES.len()).checked_sub(1) {
        None => format!("{community}{flower}支部"),
        Some(round) => format!("{community}{flower}{}支部", NUMERALS.get(round).copied().unwrap_or("增设")),
    }
}

/// A street and number.
pub fn address(draw: &mut Draw) -> String {
    let road = draw.one(ROADS);
    format!("{road}{}号", 1 + draw.below(120))
}

#[cfg(test)]
mod tests {
    use super::*;
    use haitang_domain::Timestamp;

    #[test]
    fn names_are_two_to_four_characters_and_hold_the_surnames_read_in_two_ways() {
        let mut draw = Draw::new(1, "names", 0, Timestamp::default());
        let names: Vec<String> = (0..5_000).map(|_| name(&mut draw)).collect();
        assert!(names.iter().all(|name| (2..=4).contains(&name.chars().count())));
        for surname in ["单", "曾", "解", "仇", "欧阳"] {
            assert!(names.iter().any(|name| name.starts_with(surname)), "{surname} is among 5,000 people");
        }
    }

    #[test]
    fn the_branches_of_a_community_have_different_names() {
        let names: std::collections::BTreeSet<String> = (0..200).map(|number| branch("定慧寺巷社区", number)).collect();
        assert_eq!(names.len(), 200);
        assert!(names.contains("定慧寺巷社区海棠支部"));
    }
}
