// JSON laid out over lines, as files are that people compare: a member or an element a line, one space for each level.

extension JSONValue {
  /// The value over several lines, ending in a line feed. Empty objects and lists stay on one.
  package var laidOut: String {
    var out = ""
    write(self, into: &out, depth: 0)
    return out + "\n"
  }

  private func write(_ value: JSONValue, into out: inout String, depth: Int) {
    func line(_ depth: Int) { out += "\n" + String(repeating: " ", count: depth) }
    switch value {
    case .object(let members) where !members.isEmpty:
      for (i, member) in members.enumerated() {
        out += i == 0 ? "{" : ","
        line(depth + 1)
        out += JSONValue.string(member.key).line + ": "
        write(member.value, into: &out, depth: depth + 1)
      }
      line(depth)
      out += "}"
    case .array(let elements) where !elements.isEmpty:
      for (i, element) in elements.enumerated() {
        out += i == 0 ? "[" : ","
        line(depth + 1)
        write(element, into: &out, depth: depth + 1)
      }
      line(depth)
      out += "]"
    case .object, .array, .string, .int, .bool, .number, .null: out += value.line
    }
  }
}
