// How each engine reads and writes files. Knows nothing of what is in them.

extension SQLDialect {
  /// What reads a file of ours, comma-separated values without headings: in DuckDB a table of texts to select from, in
  /// Spark what stands behind the columns of a view.
  func values(in path: String, columns: [String]) -> String {
    switch self {
    case .duckdb:
      let texts = columns.map { "\(quoted($0)): 'VARCHAR'" }.joined(separator: ", ")
      return """
        read_csv(\(quoted(path)), header = false, auto_detect = false, delim = ',', quote = '"',
          escape = '"', nullstr = '', max_line_size = 10000000, columns = {\(texts)})
        """
    case .spark:
      return """
        USING csv OPTIONS (path \(quoted(SQLDialect.place(path))), header 'false', quote '"', escape '"',
          multiLine 'true', ignoreLeadingWhiteSpace 'false', ignoreTrailingWhiteSpace 'false')
        """
    }
  }

  /// The view over files of Parquet in a folder, with every column that any of them has.
  func parquet(_ names: [String], in folder: String, as view: String) -> String {
    let folder = folder.hasSuffix("/") ? folder : folder + "/"
    switch self {
    case .duckdb:
      let files = names.map { quoted(plainPath(folder + $0)) }.joined(separator: ", ")
      return "CREATE TEMP VIEW \(view) AS SELECT * FROM read_parquet([\(files)], union_by_name = true);"
    case .spark:
      return """
        CREATE TEMPORARY VIEW \(view) USING parquet OPTIONS (path \(quoted(SQLDialect.place(plainPath(folder)))),
          pathGlobFilter '*.[pP][aA][rR][qQ][uU][eE][tT]', mergeSchema 'true');
        """
    }
  }

  /// A path in which no letter stands for others.
  private func plainPath(_ path: String) -> String {
    path.map { letter in
      switch self {
      case .duckdb: "[*?".contains(letter) ? "[\(letter)]" : String(letter)
      case .spark: "[]*?{}\\".contains(letter) ? "\\\(letter)" : String(letter)
      }
    }.joined()
  }

  /// What is behind CREATE where something is gone with the connection.
  var passing: String {
    switch self {
    case .duckdb: "TEMP"
    case .spark: "TEMPORARY"
    }
  }

  /// Whether a text is of a form, given as a regular expression of the whole.
  func matches(_ text: String, _ form: String) -> String {
    switch self {
    case .duckdb: "regexp_full_match(\(text), \(quoted(form)))"
    case .spark: "(\(text) RLIKE \(quoted("^(" + form + ")$")))"
    }
  }

  /// The statement that writes what a SELECT gives as comma-separated values without headings: a file, or in Spark a
  /// folder of this name with one file in it.
  func written(_ select: String, by order: String, to path: String) -> String {
    switch self {
    case .duckdb:
      """
      COPY (
      \(select)
      ORDER BY \(order)
      ) TO \(quoted(path)) (FORMAT csv, HEADER FALSE);

      """
    case .spark:
      """
      INSERT OVERWRITE DIRECTORY \(quoted(SQLDialect.place(path))) USING csv OPTIONS (quote '"', escape '"',
        ignoreLeadingWhiteSpace 'false', ignoreTrailingWhiteSpace 'false')
      SELECT /*+ REPARTITION(1) */ * FROM (
      \(select)
      ) AS told
      ORDER BY \(order);

      """
    }
  }

  /// A path of this machine, wherever an engine would look otherwise.
  static func place(_ path: String) -> String { "file:" + path }
}
