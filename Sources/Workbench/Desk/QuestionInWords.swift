// Questions as they are put to a colleague: 洞江人力为什么没有机构奖励, 每个月付多少, how much does wuling get. Knows the lines
// that answer them, nothing of the answers.

import Commands
import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Sessions

/// A question in words, and the lines that ask it.
struct QuestionInWords {
  let familiar: Familiar

  /// Longer texts are no questions.
  private static let longest = 60

  init?(_ text: String, _ session: Desk) {
    guard text.utf8.count <= 600 else { return nil }
    // What is typed as it is typed elsewhere.
    if text.prefix(7).lowercased() == "select " {
      familiar = .does(.same("sql \"\(text.replacing("\"", with: "\\\""))\""))
      return
    }
    let isChinese = text.contains { !$0.isASCII }
    guard text.count <= Self.longest else { return nil }
    let plain =
      isChinese
      ? text.filter { !$0.isWhitespace && !"?？。！!，,".contains($0) }
      : Self.inEnglish(text)
    for (pattern, line) in isChinese ? Self.chinese : Self.english {
      let found = SpokenPattern(pattern).names(in: plain) { Self.takes($0, String($1), session) }
      guard var names = found else { continue }
      names["h"] = ExampleNames(session).document
      let lines = line.split(separator: "|").map { Self.filled(String($0), names) }
      // What changes something, or has to be made up, is for the user to give.
      let isOffer = line.hasPrefix("|")
      familiar = isOffer ? .offers(lines.map { .same($0) }) : .does(.same(lines[0]))
      return
    }
    return nil
  }

  /// Names keep their letters.
  private static func inEnglish(_ text: String) -> String {
    let words = text.split(separator: " ").joined(separator: " ").filter { !"?!".contains($0) }
    return words.prefix(1).lowercased() + words.dropFirst()
  }

  private static func filled(_ line: String, _ names: [Character: String]) -> String {
    names.reduce(line) { $0.replacing("{\($1.key)}", with: $1.value) }
  }

  /// Whether a text is a name of a sort: of a measure, a record, a figure, a list, a document, a value, a file, what a
  /// list shows.
  private static func takes(_ sort: Character, _ text: String, _ session: Desk) -> Bool {
    let dataset = session.state.scenario?.scenario.dataset
    switch sort {
    case "m":
      return session.nearDocuments.flatMap(\.measures).contains {
        $0.words.zh == text || $0.name == text || $0.id == text || $0.title.zh == text
      }
    case "r":
      guard let dataset else { return false }
      return !Records.find(text, in: dataset).isEmpty || !Records.named(text, in: dataset).isEmpty
    case "p":
      if case .found = session.library.resolve(text, in: session.nearDocuments) { return true }
      return false
    case "l":
      return session.library.dictionary.lists.contains {
        [$0.words.zh, $0.record.zh, $0.name, $0.singular].contains(text)
      }
    case "d", "e":
      if session.library.ids.contains(text) || session.state.drafts.contains(where: { $0.name == text }) { return true }
      return session.library.documents.contains {
        let place = session.library.places.words($0.jurisdiction).zh
        return place.hasPrefix(text) && text.count > 1
      }
    case "v": return text.first.map { $0.isNumber || "￥¥".contains($0) } ?? false
    case "f": return text.contains(".") && !text.hasPrefix(".")
    case "x": return text.count <= 12
    case "k": return Listing.allCases.contains { $0.rawValue == text || $0.chinese.contains(text) }
    default: return false
    }
  }

  /// A pattern, and the line that it stands for; behind a bar the lines that are offered instead.
  private static let chinese: [(String, String)] = [
    (
      "{r}(为什么|为何|怎么|咋|凭什么)(没有得到|没有领到|没有拿到|没有|没得到|没领到|没拿到|得不到|领不到|拿不到|不能享受|享受不了){m}",
      "为何没有 {m} 给 {r}"
    ),
    (
      "(为什么|为何|怎么|咋|凭什么){r}(没有得到|没有领到|没有拿到|没有|没得到|没领到|没拿到|得不到|领不到|拿不到|不能享受|享受不了){m}",
      "为何没有 {m} 给 {r}"
    ),
    ("(为什么|为何|怎么|凭什么)(不给|没给|没有给){r}(发放|发|付|支付|){m}", "为何没有 {m} 给 {r}"),
    ("{r}(没有|没拿到|没领到|不符合|不够){m}(的|)(原因|理由|条件|)(是什么|)", "为何没有 {m} 给 {r}"),
    ("(为什么|为何){m}(没有|不|没)(给|付给|发给){r}", "为何没有 {m} 给 {r}"),
    ("(为什么|为何|怎么){r}(什么都没有|一分钱都没有|一分钱没有|没有钱|没钱|有|拿|得|领|拿到|得到)(了|这么多|这么少|)(钱|)", "解释 {r}"),
    ("{r}(为什么|为何|怎么|咋)(什么都没有|一分钱都没有|一分钱没有|没有钱|没钱|有钱)", "解释 {r}"),
    (
      "(给|付给|发给|){r}(一共|总共|共|)(能|可以|可|应该|应|该|)(拿到|拿|领到|领|得到|得|享受|付|发放|发|给|支付)(到|了|)多少(钱|补贴|奖励|)",
      "解释 {r}"
    ),
    ("{r}(的|)(钱|补贴|奖励|金额|)(是|)(怎么|如何)(算出来|计算|算|来)的", "解释 {r}"),
    ("(谁|哪家|哪个)(企业|机构|单位|人|)(拿到|拿|领到|领|得到|得)(的|得|)(钱|)最多", "测算 按 对象"),
    ("(每个月|每月|各月|按月|分月)(份|)(要|会|得|)(付|花|发|支出|)(多少|)(钱|)(算|测算|看看|看|)", "测算 按 月份"),
    ("(每一年|每年|各年|按年|分年)(度|)(要|会|得|)(付|花|发|支出|)(多少|)(钱|)(算|测算|看看|看|)", "测算 按 年度"),

    ("(按|分){x}(测算|算|看|统计)(一下|)", "测算 按 {x}"),
    ("(今年|明年|全年|本年度|去年)(一共|总共|)(要|会|得|)(付|花|发|支出|用)(多少)(钱|)", "|测算 按 年度|测算"),
    ("(一共|总共|)(要|会|得)(付|花|发|支出|用)多少(钱|)", "|测算|测算 按 年度"),
    ("(有|)(哪些|什么|多少){k}", "列出 {k}"),
    ("(都|)(有|)(哪些|什么){l}", "列出 {l}"),
    ("(一共|总共|共|)(有|)(多少|几)(家|名|个|人|位|条|){l}", "统计 {l}"),
    ("(现在|){p}(现在|)(是|定|等于|)(多少|几|什么|什么意思|啥意思)", "查看 {p}"),
    ("(什么是|什么叫){p}", "查看 {p}"), ("(什么是|什么叫){m}", "查看 {m}"),
    ("{m}(的|)(怎么|如何|)(算|计算|规定|条件|规则|发|办|要求)(的|)(是什么|有哪些|)", "查看 {m}"),
    ("{m}(是什么|是啥|什么意思)", "查看 {m}"),
    ("(看看|看一下|看下|看|查查|查一下|查下|查|显示){m}", "查看 {m}"),
    ("(看看|看一下|看下|看|查查|查一下|查下|查|显示){p}", "查看 {p}"),
    ("(看看|看一下|看下|看|查查|查一下|查下|查|显示){r}", "查看 {r}"),
    ("只看{m}", "明细 {m}"), ("{m}(都|)(付|发|给|付给|发给)(了|)(谁|哪些人|哪些企业)(了|)", "明细 {m}"),
    ("{m}(的|)(名单|明细|发放名单|发放明细)", "明细 {m}"), ("(发放|支付|付款|补贴)(名单|明细|清单|表|明细表)", "明细"),
    ("(恢复默认|全部恢复|还原|恢复原样|恢复|从头开始|重新开始|从头来|清零)", "|重置"),
    ("(退回|返回|回退|后退|撤回|反悔|取消)(上一步|一步|刚才的|)", "撤销"), ("上一步", "撤销"),
    ("(换成|切换成|切换到|切换为|切换|换|改成|用)(英文|英语)", "语言 英文"),
    ("(换成|切换成|切换到|切换为|切换|换|改成|用)(中文|汉语)", "语言 中文"),
    ("(再来一次|再算一次|再算一遍|重算|重新算|重新测算|算一下|算一算|开始测算|开始算|算算|计算)", "测算"),
    ("(和|跟|与|同|比|对比){d}(比一比|比一下|比较|对比|比|)(一下|)", "比较 {h}，{d}"),
    ("(比一比|比一下|比较一下|比较|对比|比){d}(和|跟|与|同|、){e}", "比较 {d}，{e}"),
    ("{d}(和|跟|与|同){e}(比一比|比一下|比较|对比|比|哪个多|哪个高)(一下|)", "比较 {d}，{e}"),
    ("(画个图|画张图|画一张图|画图|画出来|看图|出图|图)", "绘图"),
    ("(还|)(缺|少|差)(哪些|什么|了什么)(数据|资料|事实|信息|材料|)", "缺什么"),
    ("(预算|资金|钱)(够不够用|够不够|够吗|够用吗)", "|设 可用预算 = 300万"),
    ("(会不会|会|是否|)(超支|超预算)(了|)(吗|)", "|设 可用预算 = 300万"),
    ("(谁|哪些人|哪些企业|哪些机构|哪家)(就|只|还|)(差一点点|差一点|差一个|差一人|快达标|接近达标|快到了)(了|)", "门槛"),
    ("(哪个|哪些|什么|哪项)(参数|因素|标准|条件|)(对|)(合计|预算|总额|结果|)(的|)影响最大", "敏感性"),
    (
      "{p}(定|设|取|改|)(成|为|到|)(多少|几)(才能|才|可以|能|)(使|让|把|)(合计|总额|总数|预算|)(不超过|控制在|控制到|不超){v}",
      "求解 {p} 使 合计 不超过 {v}"
    ),
    ("(存成|导出成|导出|保存成|另存为|存为|输出|生成)(excel|Excel|EXCEL|电子表格|表格|xlsx)", "|上次 存入 回答.xlsx"),
    ("(存成|导出成|导出|保存成|另存为|存为|输出|生成)(word|Word|WORD|文档|docx)", "|上次 存入 回答.docx"),
    ("(打开|读入|读取|导入情景|载入情景){f}", "加载 {f}"),
    ("(你好|您好|怎么开始|从哪开始|从哪里开始|你能做什么|能做什么|可以做什么|会什么|使用说明|说明书|怎么操作)", "帮助"),
    ("字段(表|)", "|查询 \"SELECT * FROM 字段\""), ("(预算|费用|资金|经费)(表|总表)", "测算"),
    ("(明细|名单)(导出|另存|存盘|保存)", "|明细 存入 明细.csv"), ("(导出|保存|存)(明细|名单)", "|明细 存入 明细.csv"),
    ("{p}(提高|增加|上调|上涨|涨|降低|减少|下调|下降|降){v}", "|敏感性 按 {v}|扫描 {p} 从 100 到 400 步长 50"),
    ("{p}{v}", "|若 {p} = {v}，测算|设定 {p} = {v}"), ("{p}", "查看 {p}"), ("{m}", "查看 {m}"), ("{r}", "解释 {r}"),
    ("(再见|拜拜|关闭|结束|关掉|退出程序|不用了)", "退出"), ("(显示|看)(全部|完整|所有)(列|)", "上次 全宽"),
    ("(怎么|如何)(算出来|算|得出|来)的", "|解释 编号|明细"), ("为什么(是|)(这个|这么多|这么少)(数|)", "|口径|明细"),
  ]

  private static let english: [(String, String)] = [
    ("why (does|did|do)(n't| not) {r} (get|receive|have) (any |the |an |a |){m}", "why not {m} for {r}"),
    ("why (is|was) {r} not paid (any |the |an |a |){m}", "why not {m} for {r}"),
    ("why (does|did|is|was) {r} (get|receive|paid) (nothing|so much|so little|that|this)", "explain {r}"),
    ("why (does|did)(n't| not) {r} get (anything|paid)", "explain {r}"),
    ("how much (does|did|will|would|can) {r} (get|receive|cost)", "explain {r}"),
    ("how (is|was) {r} (paid|worked out|calculated|reckoned)", "explain {r}"),
    ("who (gets|got|receives) (the |)most", "run by beneficiary"),
    (
      "how much (will|does|would|did) (it|this|that|all this|everything) (all |)(cost|come to)(in all| in total|)",
      "run"
    ),
    (
      "(what does it cost|what will it cost|how much|how much is it|the total|in total|calculate|recalculate|again)",
      "run"
    ),
    ("(run it again|once more|do it again|recompute)", "run"),
    ("(cost |costs |budget |spending |total |)(by|per|each|every) month", "run by month"),
    ("(cost |costs |budget |spending |total |)(by|per|each|every) year", "run by year"),
    ("how much (per|each|every|a) month", "run by month"), ("how much (per|each|every|a) year", "run by year"),
    ("what {k} are there", "list {k}"), ("(which|all|the) {k}", "list {k}"), ("show (me |)(all |the |){k}", "list {k}"),
    ("how many {l}( are there| do we have|)", "count {l}"), ("number of {l}", "count {l}"),
    ("(show me|what about|tell me about|describe|look at|see) (the |){m}", "show {m}"),
    ("(show me|what about|tell me about|look at|see) (the |){p}", "show {p}"),
    ("(show me|tell me about|look at|see) (the |){r}", "show {r}"),
    ("what does {p} (mean|do)", "show {p}"), ("how does {m} work", "show {m}"),
    ("(change|make|put|turn|raise|increase|lower|reduce|cut) {p} (to|=|into) {v}", "set {p} = {v}"),
    ("set {p} to {v}", "set {p} = {v}"),
    ("what (happens |)if {p} (is|was|were|becomes|goes to) {v}", "with {p} = {v} run"),
    ("(go back|back|step back|revert|oops|take it back|undo that|undo it)", "undo"),
    ("(start over|start again|clear everything|restore defaults|defaults|start from scratch)", "|reset"),
    ("(open|read) {f}", "load {f}"), ("compare (with|to|against) {d}", "compare {h}, {d}"),
    ("(draw it|draw|chart|graph|draw a chart|show a chart|make a chart)", "plot"),
    ("(what's missing|what is missing|what is not stated|which facts are missing)", "missing"),
    ("(save as|export to|export as|save to) (excel|a workbook|xlsx)", "|last into answer.xlsx"),
    ("(save as|export to|export as|save to|write to) {f}", "last into {f}"),
    ("(switch to|in|speak|use) chinese", "language zh"), ("(switch to|in|speak|use) english", "language en"),
    ("which (parameter|figure|one) (matters|counts) (the |)most", "sensitivity"),
    ("who (is|are) (close|near|just short|nearly there|almost there)", "cliffs"),
    ("(are we over budget|is it over budget|is there enough money)", "|set budget = 3 million"),
    ("(hello|hi|help me|what can you do|what can i do|how do i start|where do i start|commands)", "help"),
    ("{p} {v}", "|with {p} = {v} run|set {p} = {v}"), ("{p}", "show {p}"), ("{m}", "show {m}"),
    ("{r}", "explain {r}"),
    ("(bye|goodbye|stop|close|end|leave|done)", "quit"), ("(show everything|show all columns|full width)", "last wide"),
    ("who (gets|got|is paid) (the |){m}", "payments {m}"), ("list of payments", "payments"),
    ("(payment|payout) list", "payments"),
  ]
}
