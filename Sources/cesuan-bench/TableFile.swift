// Tables of the benchmarks as files of text. Knows nothing of what they hold.
import Glibc

enum TableFile {
  /// `h00000042` for the 41st from nought.
  static func id(_ letter: String, _ n: Int32, _ width: Int) -> String {
    let digits = String(n + 1)
    return letter + String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
  }

  /// Writes a head and its rows into a file of a folder; false where that cannot be done.
  static func write(_ folder: String, _ name: String, _ rows: Int, _ header: String, _ row: (Int) -> String) -> Bool {
    guard let out = fopen(folder + "/" + name, "w") else { return false }
    fputs(header + "\n", out)
    for i in 0..<rows { fputs(row(i) + "\n", out) }
    return fclose(out) == 0
  }
}
