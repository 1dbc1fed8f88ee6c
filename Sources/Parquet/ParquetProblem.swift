// Why a file cannot be read as Parquet. What is said about it, others word.

/// What is wrong with a file, or what of its form is not read here.
package enum ParquetProblem: Error, Equatable, Sendable {
  /// It does not begin and end as Parquet does.
  case notParquet
  /// It is encrypted.
  case encrypted
  /// A number in it cannot be.
  case damaged
  /// It would take more memory than a file of its size may.
  case tooLarge
  /// A column holds lists or records.
  case nested(column: String)
  /// A column is packed in a way that is not undone here: `zstd`.
  case codec(String, column: String)
  /// A column is encoded in a way that is not read here.
  case encoding(Int, column: String)
  /// A column holds what is no text, number or date.
  case type(column: String)
  /// A column's text is not UTF-8.
  case notText(column: String)
  /// It was cancelled.
  case cancelled
}
