#include "sim/story/words.hpp"

#include <algorithm>

#include "core/basis/check.hpp"

namespace pensim::story {

namespace {

struct Pattern {
    Phrase phrase;
    std::string_view en;
    std::string_view zh;
};

constexpr std::array<Pattern, static_cast<std::size_t>(Phrase::count_)> patterns{{
    {Phrase::heading,
     "{0}: {1}, {2}, born {3}. Rule set \"{4}\" ({5}).",
     "{0}：{1}，{2}，{3}出生。规则“{4}”（{5}）。"},
    {Phrase::statutory_age,
     "The statutory age is reached in {0}: {1}.",
     "{0}达到法定退休年龄：{1}。"},
    {Phrase::statutory_age_delayed,
     "The statutory age is reached in {0}: {1}, {2} months later than the original age.",
     "{0}达到法定退休年龄：{1}，比原法定年龄延迟{2}个月。"},
    {Phrase::claim_asked,
     "The person asks for the pension from {0} on, {1} months from the statutory month.",
     "本人选择自{0}领取，与法定月份相差{1}个月。"},
    {Phrase::exempt_certificate,
     "Not insured here, by certificate of the home scheme ({0} months).",
     "凭原籍参保证明不在内地参保（{0}个月）。"},
    {Phrase::exempt_agreement,
     "Not insured here, under the agreement with {1} ({0} months).",
     "依与{1}的社会保险协定免于参保（{0}个月）。"},
    {Phrase::relation_starts,
     "First payment in {0}: the relation starts there.",
     "在{0}首次参保缴费，建立养老保险关系。"},
    {Phrase::relation_moves, "The relation moves from {0} to {1}.", "养老保险关系由{0}转移至{1}。"},
    {Phrase::relation_moves_money_waits,
     "The relation moves from {0} to {1}; the money stays where it is.",
     "养老保险关系由{0}转移至{1}，资金暂留原地。"},
    {Phrase::temporary_opened,
     "{0} opens a temporary account: away from the hukou area at this age, the relation stays "
     "where it is.",
     "{0}建立临时基本养老保险缴费账户，原关系不转移。"},
    {Phrase::paid,
     "{0} months in {1} ({2}), base {3}: account {4}, pooled fund {5} a month.",
     "在{1}缴费{0}个月（{2}），基数{3}：每月记入个人账户{4}、统筹基金{5}。"},
    {Phrase::paid_unrecorded,
     "{0} months in {1} ({2}): they count, and bring no money.",
     "在{1}缴费{0}个月（{2}）：计算年限，不记入资金。"},
    {Phrase::paid_lump_sum,
     "A lump sum in {1} for {0} months, base {2}: account {3}, pooled fund {4}.",
     "在{1}一次性缴费{0}个月，基数{2}：记入个人账户{3}、统筹基金{4}。"},
    {Phrase::below_floor, "The base is below the floor of {0}.", "基数低于下限{0}。"},
    {Phrase::above_ceiling, "The base is above the ceiling of {0}.", "基数高于上限{0}。"},
    {Phrase::into_temporary, "It goes into the temporary account.", "记入临时账户。"},
    {Phrase::overlap_refunded,
     "{0} months in {1} overlap with another record: {2} of the account are refunded each month.",
     "在{1}的{0}个月与另一记录重复：每月退还个人账户{2}。"},
    {Phrase::money_moves,
     "{0} sends {1} the account of {2} and {3} of pooled money.",
     "{0}向{1}转移个人账户{2}、统筹基金{3}。"},
    {Phrase::money_temporary,
     "The temporary account of {0} goes to {1}: account {2}, pooled money {3}.",
     "{0}的临时账户归集至{1}：个人账户{2}、统筹基金{3}。"},
    {Phrase::interest,
     "Interest in {0} at {1}%: {2}; the account stands at {3}.",
     "{0}按{1}%计息{2}，个人账户余额{3}。"},
    {Phrase::departed_kept,
     "Leaves and keeps the account; months count on after a return.",
     "离境并保留个人账户，再次参保后年限累计计算。"},
    {Phrase::departed_ended,
     "Leaves and ends the relation: earlier months never count again.",
     "离境并终止养老保险关系，此前年限不再计算。"},
    {Phrase::refunded, "{0} pays out the account: {1}.", "{0}一次性支付个人账户储存额{1}。"},
    {Phrase::died, "Dies before the pension is settled.", "在核定待遇前去世。"},
    {Phrase::inherited,
     "The account of {0}, {1}, goes to the heirs.",
     "{0}的个人账户余额{1}由继承人继承。"},
    {Phrase::claim_accepted,
     "The early claim holds: {0} months paid, {1} required.",
     "弹性提前退休成立：已缴费{0}个月，要求{1}个月。"},
    {Phrase::claim_refused,
     "The early claim is refused: {0} months paid, {1} required. The statutory month stands.",
     "弹性提前退休不成立：已缴费{0}个月，要求{1}个月，仍按法定月份。"},
    {Phrase::counting_month,
     "Months are counted at the end of this month:",
     "本月末计算缴费年限："},
    {Phrase::months_in_area, "{0}: {1} months, last paid {2}{3}", "{0}：{1}个月，最后缴费{2}{3}"},
    {Phrase::relation_here, ", the relation is here", "，关系所在地"},
    {Phrase::months_in_temporary,
     "{0}: {1} months in a temporary account, no candidate",
     "{0}：{1}个月，临时账户，不作待遇领取地"},
    {Phrase::enough,
     "{0} months in all, {1} required: enough, {2} to spare.",
     "合计{0}个月，要求{1}个月，已满足，超出{2}个月。"},
    {Phrase::short_by,
     "{0} months in all, {1} required: {2} short.",
     "合计{0}个月，要求{1}个月，尚缺{2}个月。"},
    {Phrase::nothing_paid, "No month counts.", "没有可计算的缴费年限。"},
    {Phrase::criterion_chooses, "{0}. {1}: {2}.", "{0}. {1}：{2}。"},
    {Phrase::criterion_skips, "{0}. {1}: no, {2}.", "{0}. {1}：否，{2}。"},
    {Phrase::criterion_tie_open,
     "{0}. {1}: several areas are equal, and no rule tells them apart; nothing is decided.",
     "{0}. {1}：多地并列，且没有规则可作取舍，无法确定。"},
    {Phrase::reason_not_hukou, "the relation is in {0}, the hukou in {1}", "关系在{0}，户籍在{1}"},
    {Phrase::reason_no_relation, "there is no relation", "没有养老保险关系所在地"},
    {Phrase::reason_short,
     "{0} has {1} months, {2} short of {3}",
     "{0}缴费{1}个月，距{3}尚缺{2}个月"},
    {Phrase::reason_none_qualified, "no other area was paid in", "没有其他参保地"},
    {Phrase::reason_nearest,
     "no other area has {0}; {1} is {2} months short",
     "其他参保地均不满{0}；{1}尚缺{2}个月"},
    {Phrase::reason_no_candidate, "no area is a candidate", "没有可选的参保地"},
    {Phrase::reason_no_hukou, "there is no hukou", "没有户籍地"},
    {Phrase::undetermined,
     "No criterion of the rule set fits: there is no benefit location.",
     "规则均不适用，不能确定待遇领取地。"},
    {Phrase::election_used,
     "The person chooses to continue in {0}, the last area, although {1} was found.",
     "本人自愿选择在最后参保地{0}继续缴费（依规则应为{1}）。"},
    {Phrase::election_idle,
     "The choice to continue in the last area does not act here.",
     "继续在最后参保地缴费的选择在此不适用。"},
    {Phrase::place, "Benefit location: {0} ({1}).", "待遇领取地：{0}（{1}）。"},
    {Phrase::otherwise_heading, "Otherwise, and by how much it was missed:", "其他可能及差距："},
    {Phrase::otherwise_more,
     "{0} is {1} months short of {2}; with {1} more: {3} ({4}).",
     "{0}距{2}差{1}个月；若多{1}个月：{3}（{4}）。"},
    {Phrase::otherwise_longest,
     "{0} is {1} months short of the longest; with {5} more: {3} ({4}).",
     "{0}比最长参保地少{1}个月；若多{5}个月：{3}（{4}）。"},
    {Phrase::otherwise_margin,
     "{0} has {1} months more than {2}; with {5} fewer: {3} ({4}).",
     "{0}比{2}多{1}个月；若少{5}个月：{3}（{4}）。"},
    {Phrase::otherwise_lead,
     "{0} leads the next by {1} months; with {5} fewer: {3} ({4}).",
     "{0}比次长多{1}个月；若少{5}个月：{3}（{4}）。"},
    {Phrase::otherwise_nothing, "no place", "无待遇领取地"},
    {Phrase::settled,
     "The pension is settled in {0} with an account of {1}.",
     "在{0}核定待遇，个人账户{1}。"},
    {Phrase::pension_basic,
     "basic: {0} (average wage of {1}) x (1 + {2}) / 2 x {3} months / 12 x 1% = {4}",
     "基础养老金：{0}（{1}年平均工资）×（1＋{2}）÷2×{3}个月÷12×1%＝{4}"},
    {Phrase::pension_account,
     "account: {0} / {1} payout months = {2}",
     "个人账户养老金：{0}÷计发月数{1}＝{2}"},
    {Phrase::wage_projected, "The average wage of {0} is a projection.", "{0}年平均工资为推算值。"},
    {Phrase::pension_monthly, "Together {0} a month.", "合计每月{0}。"},
    {Phrase::pension_area,
     "{0} pays for its {1} months: basic {2} (index {3}), account {4}",
     "{0}支付其{1}个月的部分：基础养老金{2}（指数{3}），个人账户养老金{4}"},
    {Phrase::pension_from,
     "Paid from {0} on, raised each January by {1}% (rule parameter).",
     "自{0}起发放，每年一月上调{1}%（规则参数）。"},
    {Phrase::balance_short, "The account in {0} stands at {1}.", "{0}的个人账户为{1}。"},
    {Phrase::may_extend,
     "{0} months are missing: they can be paid month by month in {1}.",
     "尚缺{0}个月，可在{1}逐月延长缴费。"},
    {Phrase::may_pay_rest,
     "{0} months are missing: after {2} months of extension they may be paid at once in {1}.",
     "尚缺{0}个月，已延长缴费{2}个月，可在{1}一次性缴费。"},
    {Phrase::may_not_extend,
     "{0} months are missing, and without permanent residence they cannot be paid.",
     "尚缺{0}个月，无永久居留资格，不能延长缴费。"},
    {Phrase::resident_paid,
     "Residents' scheme in {0}: {1} a year.",
     "在{0}参加城乡居民养老保险，每年缴费{1}。"},
    {Phrase::resident_overlap,
     "{0} months of the residents' scheme lie in months of the employees' scheme: {1} are refunded "
     "in all.",
     "城乡居民养老保险中有{0}个月与职工养老保险重复，共退还{1}。"},
    {Phrase::resident_inherited,
     "The resident account in {0}, {1}, goes to the heirs.",
     "{0}的城乡居民养老保险个人账户{1}由继承人继承。"},
    {Phrase::bridge_in,
     "The resident account of {0} joins the employee account; its months do not count.",
     "城乡居民养老保险个人账户{0}并入，其年限不计算。"},
    {Phrase::bridge_out,
     "The employee account of {0} goes to the residents' scheme in {1} with {2} months; the pooled "
     "money stays.",
     "个人账户{0}转入{1}城乡居民养老保险，带入{2}个月年限，统筹基金不转移。"},
    {Phrase::death_grant,
     "{0} owes a funeral grant of {1} and a survivors' lump sum of {2} months of its urban income "
     "per head.",
     "{0}支付丧葬补助金{1}个月、抚恤金{2}个月（当地城镇居民月人均可支配收入）。"},
    {Phrase::death_grant_cap,
     "Both together not above the own contributions of {0}.",
     "两项合计不超过个人缴费{0}。"},
    {Phrase::nothing_ever, "Nothing was ever paid.", "从未缴费。"},
    {Phrase::after_death, "Payments after the death are not counted.", "去世后的缴费不计算。"},
    {Phrase::in_years, "{0} years", "{0}年"},
    {Phrase::in_months, "{0} months", "{0}个月"},
    {Phrase::age, "{0} years {1} months", "{0}岁{1}个月"},
    {Phrase::cited_heading, "Texts:", "依据："},
}};

constexpr bool patterns_in_order() {
    for (std::size_t i = 0; i < patterns.size(); ++i) {
        if (patterns[i].phrase != static_cast<Phrase>(i)) {
            return false;
        }
    }
    return true;
}
static_assert(patterns_in_order());

constexpr std::array<Words, 5> groups{{{"resident of Hong Kong", "香港居民"},
                                       {"resident of Macau", "澳门居民"},
                                       {"resident of Taiwan", "台湾居民"},
                                       {"foreigner", "外国人"},
                                       {"mainland resident", "内地居民"}}};
constexpr std::array<Words, 2> sexes{{{"male", "男"}, {"female", "女"}}};
constexpr std::array<Words, 2> posts{
    {{"worker", "工人岗位"}, {"management or technical", "管理技术岗位"}}};
constexpr std::array<Words, 5> kinds{{{"employed", "单位参保"},
                                      {"self-employed", "个体经营"},
                                      {"flexible", "灵活就业"},
                                      {"extension", "延长缴费"},
                                      {"lump sum", "一次性缴费"}}};
constexpr std::array<Words, 8> criteria{{
    {"relation in the hukou area", "关系在户籍地"},
    {"enough months in the relation area", "关系所在地满规定年限"},
    {"the last other area with enough months", "上一个满规定年限的参保地"},
    {"the longest area", "缴费年限最长的参保地"},
    {"the hukou area gathers", "户籍地归集"},
    {"the last area paid in", "最后参保地"},
    {"the first area with enough months", "最先参保且满规定年限的参保地"},
    {"the longest area with enough months", "满规定年限中最长的参保地"},
}};
constexpr std::array<Words, 11> branches{{
    {"none", "无"},
    {"enough months where the relation is", "关系所在地满规定年限"},
    {"the last other area with enough months", "上一个满规定年限的参保地"},
    {"the longest", "缴费年限最长"},
    {"the last of equally long ones", "并列最长中的最后一个"},
    {"the relation is in the hukou area", "关系在户籍地"},
    {"the hukou area gathers", "户籍地归集"},
    {"the last area paid in", "最后参保地"},
    {"the first with enough months", "最先满规定年限"},
    {"the longest with enough months", "满规定年限中最长"},
    {"chosen: the last area", "自愿选择最后参保地"},
}};

constexpr std::array<Words, 4> transfer_kinds{
    {{"Money moves along", "随转移"},
     {"Money is sent back", "转回"},
     {"Money is gathered", "归集"},
     {"A temporary account is gathered", "临时账户归集"}}};
constexpr std::array<Words, 9> mark_kinds{{{"Money moves", "资金转移"},
                                           {"Months are counted", "计算缴费年限"},
                                           {"The pension is settled", "核定待遇"},
                                           {"Leaves", "离境"},
                                           {"Pays again", "再次参保"},
                                           {"Leaves and ends the relation", "离境并终止关系"},
                                           {"Death", "去世"},
                                           {"The account is paid out", "支付个人账户"},
                                           {"The account changes scheme", "制度衔接"}}};

constexpr std::array<Document, 28> documents{{
    {"order-41-2019",
     "Interim measures for residents of Hong Kong, Macau and Taiwan, MOHRSS and NHSA Order 41 "
     "(2019)",
     "香港澳门台湾居民在内地（大陆）参加社会保险暂行办法（人社部、医保局令第41号）"},
    {"order-16-2011",
     "Interim measures for foreigners employed in China, MOHRSS Order 16 (2011)",
     "在中国境内就业的外国人参加社会保险暂行办法（人社部令第16号）"},
    {"order-54-2024", "Amendment of Order 16, MOHRSS Order 54 (2024)", "人社部令第54号"},
    {"gdhrss-327-2021",
     "Guidance of Guangdong for residents of Hong Kong, Macau and Taiwan (2021) No. 327",
     "粤社保函〔2021〕327号"},
    {"sz-guide-foreigners",
     "Shenzhen guide to social insurance for foreigners",
     "外国人来华社会保险办事指引（深圳）"},
    {"news-2021-11",
     "News of 2021-11 on insured residents of Hong Kong and Macau",
     "2021年11月新闻"},
    {"gbf-2009-66",
     "Interim rules on the transfer of pension relations, State Council Office (2009) No. 66",
     "城镇企业职工基本养老保险关系转移接续暂行办法（国办发〔2009〕66号）"},
    {"rsbg-2016-5", "MOHRSS (2016) No. 5 on transfers", "人社部规〔2016〕5号"},
    {"rsb-2009-187", "MOHRSS (2009) No. 187 on transfers", "人社部发〔2009〕187号"},
    {"rsb-2010-70", "MOHRSS (2010) No. 70 on transfers", "人社部发〔2010〕70号"},
    {"rsb-2014-17",
     "Bridging of the employees' and residents' schemes, MOHRSS and MOF (2014) No. 17",
     "城乡养老保险制度衔接暂行办法（人社部发〔2014〕17号）"},
    {"rsth-2021-139", "MOHRSS Office letter (2021) No. 139 on foreigners", "人社厅函〔2021〕139号"},
    {"gd-2019-48", "Opinion of Guangdong (2019) No. 48", "粤人社规〔2019〕48号"},
    {"gf-2005-38", "State Council (2005) No. 38 on the basic pension", "国发〔2005〕38号"},
    {"gf-1978-104",
     "State Council (1978) No. 104, original retirement ages (general knowledge, text not seen)",
     "国发〔1978〕104号（原法定退休年龄，未见原文）"},
    {"gf-1997-26", "State Council (1997) No. 26 on the basic pension", "国发〔1997〕26号"},
    {"gbf-2019-13",
     "State Council Office (2019) No. 13 on contribution rates",
     "国办发〔2019〕13号"},
    {"rsb-2017-31", "MOHRSS and MOF (2017) No. 31 on account interest", "人社部发〔2017〕31号"},
    {"ldb-1997-116", "Ministry of Labour Office (1997) No. 116 on accounts", "劳办发〔1997〕116号"},
    {"npc-2024-09-13",
     "NPC Standing Committee decision of 2024-09-13 on the retirement age",
     "全国人大常委会关于实施渐进式延迟法定退休年龄的决定（2024年9月13日）"},
    {"rsb-2024-94", "MOHRSS (2024) No. 94 on flexible retirement", "人社部发〔2024〕94号"},
    {"order-13-2011",
     "Rules on the Social Insurance Law, MOHRSS Order 13 (2011)",
     "人社部令第13号"},
    {"sil-2010", "Social Insurance Law (2010)", "中华人民共和国社会保险法"},
    {"rsb-2021-18", "MOHRSS and MOF (2021) No. 18 on death grants", "人社部发〔2021〕18号"},
    {"gf-2018-18", "State Council (2018) No. 18 on central adjustment", "国发〔2018〕18号"},
    {"gb-11643", "GB 11643, citizen identity numbers", "GB 11643 公民身份号码"},
    {"iso-7064", "ISO 7064, check characters", "ISO 7064 校验码"},
    {"rule-set", "A parameter of the rule set, no text in force", "规则参数，并非现行规定"},
}};

} // namespace

std::string_view pattern(Phrase phrase, Language language) {
    PENSIM_EXPECT(phrase != Phrase::count_);
    auto const& found = patterns[static_cast<std::size_t>(phrase)];
    return language == Language::en ? found.en : found.zh;
}

std::string_view name_of(Group group, Language language) {
    return groups[static_cast<std::size_t>(group)].in(language);
}
std::string_view name_of(Sex sex, Language language) {
    return sexes[static_cast<std::size_t>(sex)].in(language);
}
std::string_view name_of(Post post, Language language) {
    return posts[static_cast<std::size_t>(post)].in(language);
}
std::string_view name_of(Kind kind, Language language) {
    return kinds[static_cast<std::size_t>(kind)].in(language);
}
std::string_view name_of(law::Criterion criterion, Language language) {
    return criteria[static_cast<std::size_t>(criterion)].in(language);
}
std::string_view name_of(Branch branch, Language language) {
    return branches[static_cast<std::size_t>(branch)].in(language);
}

std::string_view name_of(TransferKind kind, Language language) {
    return transfer_kinds[static_cast<std::size_t>(kind)].in(language);
}
std::string_view name_of(MarkKind kind, Language language) {
    return mark_kinds[static_cast<std::size_t>(kind)].in(language);
}

Document const* find_document(std::string_view key) {
    auto const* const found = std::find_if(
        documents.begin(), documents.end(), [&](auto const& d) { return d.key == key; });
    return found == documents.end() ? nullptr : found;
}

std::string citation_text(law::Citation const& citation, Language language) {
    if (language == Language::en) {
        return law::to_text(citation);
    }
    // "art. 8(2)" is 第8条第2款, "item 1" is 第1项.
    std::string_view article = citation.article;
    std::string text(citation.document);
    if (article.starts_with("art. ")) {
        article.remove_prefix(5);
        std::size_t const bracket = std::min(article.find('('), article.size());
        text += fmt::format("第{}条", article.substr(0, bracket));
        if (bracket < article.size()) {
            text +=
                fmt::format("第{}款", article.substr(bracket + 1, article.size() - bracket - 2));
        }
    } else if (article.starts_with("item ")) {
        text += fmt::format("第{}项", article.substr(5));
    }
    return text;
}

} // namespace pensim::story
