// What can be wrong where another engine computes: it is not there, it fails, it is asked for what it does not tell.
// Worded in both languages beside each case.

import Commands
import Diagnostics

package enum EngineMistake: Sendable {
  /// A list whose records only an engine reads, and where they are.
  case recordsStay(Text, String)
  case missing(OtherEngine)
  /// It is there, but not the Java that it runs on.
  case noJava(OtherEngine)
  /// The version that there is, and the least that will do.
  case tooOld(OtherEngine, String, String)
  /// What it said.
  case failed(OtherEngine, String)
  /// The statement that it did not come to the end of, in so many seconds.
  case tooSlow(OtherEngine, String, Int)
  /// What is only told where the payments are.
  case notTold(Text, OtherEngine)
  /// Payments are asked for that an engine has, but no file for them.
  case paymentsIntoFile
  case tooLarge(String)
  /// The measure, how many quotas at once, and how many more could have a place at best.
  case mostPlacesUnknown(Text, Int, Int)
  /// A folder for what is handed over cannot be made or filled, and why.
  case noFolder(Text)

  package var code: String {
    switch self {
    case .recordsStay: "records-elsewhere"
    case .missing, .noJava, .tooOld: "no-engine"
    case .failed: "engine-failed"
    case .tooSlow: "engine-slow"
    case .notTold, .paymentsIntoFile: "not-on-engine"
    case .tooLarge: "too-large"
    case .mostPlacesUnknown: "three-quotas"
    case .noFolder: "unwritable"
    }
  }

  package var message: Text {
    switch self {
    case .recordsStay(let list, let folder):
      Text(
        "\(list.en) are in the folder `\(shown(folder))`, which only an engine reads",
        zh: "\(list.zh)在文件夹 `\(shown(folder))` 中，只由引擎读取")
    case .missing(let engine): Text("\(engine.title) is not installed here", zh: "本机没有安装 \(engine.title)")
    case .noJava(let engine):
      Text("\(engine.title) finds no Java here", zh: "本机没有 \(engine.title) 所需的 Java")
    case .tooOld(let engine, let version, let least):
      Text(
        "\(engine.title) \(shown(version)) is too old: \(least) or later carries the scripts out",
        zh: "\(engine.title) \(shown(version)) 版本过旧：执行脚本需 \(least) 或更新版本")
    case .failed(let engine, _):
      Text("\(engine.title) has not carried the script out", zh: "\(engine.title) 未能执行脚本")
    case .tooSlow(let engine, let statement, let seconds):
      Text(
        "\(engine.title) has not come to the end of \(shown(statement)) in \(seconds) seconds, and was stopped",
        zh: "\(engine.title) 在 \(seconds) 秒内未完成 \(shown(statement))，已停止")
    case .notTold(let what, let engine):
      Text(
        "\(what.en) cannot be told where \(engine.title) computes", zh: "由 \(engine.title) 计算时不能给出\(what.zh)")
    case .paymentsIntoFile:
      Text("an engine writes payments into a file of Parquet or CSV", zh: "引擎只把明细写成 Parquet 或 CSV 文件")
    case .tooLarge(let measure):
      Text(
        "With those of \(measure) the payments come to more than a thousand million million yuan, "
          + "and cannot be added up.",
        zh: "计入 \(measure) 后，支付合计超过一千万亿元，无法相加。")
    case .mostPlacesUnknown(let measure, let quotas, let more):
      Text(
        "\(measure.en): of \(quotas) quotas at once the most places are not found, at best \(more) more than in filing "
          + "order",
        zh: "\(measure.zh)：\(quotas) 项名额限制下未能找到人数最多的方案，至多比按备案先后多 \(more) 个")
    case .noFolder(let why):
      Text("no temporary folder can be filled: \(why.en)", zh: "无法写入临时文件夹：\(why.zh)")
    }
  }

  package var hint: Text {
    switch self {
    case .recordsStay:
      Text(
        "add `on duckdb` or `on spark` to `run`, `payments` or `compare`",
        zh: "请在测算、明细或比较之后加 `在 duckdb` 或 `在 spark`")
    case .missing(let engine), .tooOld(let engine, _, _): EngineMistake.howToGet(engine)
    case .noJava:
      Text(
        "install Java 17 or later (Debian: openjdk-17-jre-headless); JAVA_HOME names it where it is not on the path",
        zh: "请安装 Java 17 或更新版本（Debian：openjdk-17-jre-headless）；不在搜索路径上时，用环境变量 JAVA_HOME 指明")
    case .failed(_, let said):
      said.isEmpty
        ? Text("it said nothing", zh: "它没有说明原因")
        : Text("it said: \(shown(said))", zh: "它说：\(shown(said))")
    case .tooSlow(let engine, _, _):
      Text(
        "\(ScriptEngine.variableOfSeconds(engine)) says for how many seconds one statement is waited for; leave out "
          + "`on …` to have it reckoned here",
        zh: "环境变量 \(ScriptEngine.variableOfSeconds(engine)) 规定每条语句最多等待的秒数；去掉“在 …”即在本机计算")
    case .notTold:
      Text("leave it out, or leave out `on …` to have it reckoned here", zh: "请去掉该项，或去掉“在 …”而在本机计算")
    case .paymentsIntoFile:
      Text("add `into FILE.parquet` or `into FILE.csv`", zh: "请加“存入 文件.parquet”或“存入 文件.csv”")
    case .tooLarge:
      Text("Check the rates and facts for a figure with too many digits.", zh: "请检查标准和事实中是否有位数过多的数字。")
    case .mostPlacesUnknown:
      Text(
        "join quotas to at most two, or take them in filing order (allocation = filing_order)",
        zh: "请将名额限制合并为至多两项，或按备案先后分配（名额分配＝按备案先后）")
    case .noFolder: Text("TMPDIR names another place for it", zh: "可用环境变量 TMPDIR 指明其他位置")
    }
  }

  private static func howToGet(_ engine: OtherEngine) -> Text {
    let variable = ScriptEngine.variable(engine)
    switch engine {
    case .duckdb:
      return Text(
        "get it by `pip install duckdb-cli` or from duckdb.org; \(variable) names the program where it is not on the "
          + "path",
        zh: "可用 `pip install duckdb-cli` 安装，或从 duckdb.org 下载；不在搜索路径上时，用环境变量 \(variable) 指明程序")
    case .spark:
      return Text(
        "get it by `pip install pyspark` (4.3 or later, on Java 17 or later) or from spark.apache.org; \(variable) or "
          + "SPARK_HOME names its folder, with bin/spark-sql in it, where that is not on the path",
        zh: "可用 `pip install pyspark`（4.3 或更新版本，需 Java 17 或更新版本）安装，或从 spark.apache.org 下载；"
          + "不在搜索路径上时，用环境变量 \(variable) 或 SPARK_HOME 指明其文件夹（其中有 bin/spark-sql）")
    }
  }
}
