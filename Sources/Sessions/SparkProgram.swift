// Where Spark is on this machine, and how it is started: a session of its own that leaves nothing behind, with nobody's
// tables. Knows nothing of what it is given to do.

import Diagnostics
import Glibc

/// The program `spark-sql`, or `spark-submit` where that is all there is.
enum SparkProgram {
  static let homeVariable = "CESUAN_SPARK_HOME"
  /// Where it computes: `local[2]`, `spark://host:7077`, `yarn`.
  static let masterVariable = "CESUAN_SPARK_MASTER"
  /// How much memory its driver may take: `8g`.
  static let memoryVariable = "CESUAN_SPARK_MEMORY"

  struct Found {
    let path: String
    let environment: [String: String]
  }

  /// The program that is named, or the first on the path.
  static func find() -> Found? {
    let named = ScriptEngine.variable(homeVariable) ?? ScriptEngine.variable("SPARK_HOME")
    for name in ["spark-sql", "spark-submit"] {
      if let named {
        if let path = OtherProgram.find(named + "/bin/" + name) { return found(path, home: named) }
      } else if let path = OtherProgram.find(name) {
        return found(path, home: nil)
      }
    }
    return nil
  }

  /// A home has Spark's own files in it; where pip has installed it, the Python beside the program knows them.
  private static func found(_ path: String, home: String?) -> Found {
    if let home, access(home + "/jars", F_OK) == 0 { return Found(path: path, environment: ["SPARK_HOME": home]) }
    let python = path[..<(path.lastIndex(of: "/") ?? path.startIndex)] + "/python3"
    var environment: [String: String] = [:]
    if home != nil { environment["SPARK_HOME"] = "" }
    if access(String(python), X_OK) == 0 { environment["PYSPARK_DRIVER_PYTHON"] = String(python) }
    return Found(path: path, environment: environment)
  }

  /// What stands before the script.
  static func arguments(_ path: String, _ folder: String, _ threads: Int) -> [String] {
    let master = ScriptEngine.variable(masterVariable) ?? "local[2]"
    var settings = [
      "spark.sql.catalogImplementation=in-memory", "spark.sql.warehouse.dir=file:\(folder)/warehouse",
      "spark.local.dir=\(folder)/spill", "spark.ui.enabled=false", "spark.ui.showConsoleProgress=false",
      "spark.log.level=ERROR",
    ]
    // A machine by itself has no use for as many parts as a cluster.
    if master.hasPrefix("local") { settings.append("spark.sql.shuffle.partitions=\(4 * max(threads, 1))") }
    var all = ["--master", master, "--driver-java-options", "-Djava.io.tmpdir=\(folder)"]
    if let most = ScriptEngine.variable(memoryVariable) { all += ["--driver-memory", most] }
    for setting in settings { all += ["--conf", setting] }
    if path.hasSuffix("spark-submit") {
      all += ["--class", "org.apache.spark.sql.hive.thriftserver.SparkSQLCLIDriver"]
    }
    return all + ["-f"]
  }
}
