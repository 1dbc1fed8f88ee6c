// The SQL that an engine's scripts are written in.

import Commands
import Emission

extension OtherEngine {
  /// What its scripts are written in.
  var dialect: SQLDialect {
    switch self {
    case .duckdb: .duckdb
    case .spark: .spark
    }
  }
}
