// Turns of English that rules do not have (is small or micro, at most 500 yuan, is null, greater of), and the line as
// rules have it. A line is offered only where it can be read, which `EverydayTurns` sees to. Knows nothing of what is
// declared.

/// Lines of notices and of other languages as rules in English have them.
enum EnglishTurns {
  /// Longer lines are no turns of a notice.
  private static let longest = 400

  /// The line with every such turn as rules have it; what stands in quotation marks stays.
  static func asRule(_ line: String, _ time: WrittenTime) -> String {
    guard line.utf8.count <= longest else { return line }
    let pieces = line.components("\"").enumerated().map { i, piece in
      i % 2 == 1 ? piece : limited(picked(given(anyOf(spans(piece, time)))))
    }
    return pieces.joined(separator: "\"")
  }

  /// `within 2026`, `age between 16 and 24`, `each quarter`
  private static func spans(_ text: String, _ time: WrittenTime) -> String {
    // An age is reckoned from the birth to the day of the record.
    let aged = text.replacing(#/(^|[ (])age(?= (?:is|from|between|at|in|[<>=]))/#) {
      "\($0.1)(whole years from born to start)"
    }
    var text = aged.replacing(#/\b(?:is )?(?:within|in) ((?:19|20)[0-9]{2})\b(?!-)/#) {
      "from \($0.1)-01-01 to \($0.1)-12-31"
    }
    text = text.replacing(#/\b(?:is )?between ([0-9][0-9.,-]*(?: [a-z]+)?) and ([0-9][0-9.,-]*)/#) {
      "from \($0.1) to \($0.2)"
    }
    text = text.replacing(#/^(\s*for each [^,]+?),? each (?:period of )?([0-9]{1,2}) (calendar )?months$/#) { found in
      "\(found.1), each period of \(found.2) \(found.3 ?? "")months from \(time.first.en) to \(time.last.en)"
    }
    return text.replacing(
      #/^(\s*for each [^,]+?),? (?:for )?each (?:calendar )?(quarter|half[- ]year|half|semester|month)s?$/#
    ) { found in
      let stretch =
        found.2 == "quarter" ? "3 calendar months" : found.2 == "month" ? "1 calendar month" : "6 calendar months"
      return "\(found.1), each period of \(stretch) from \(time.first.en) to \(time.last.en)"
    }
  }

  /// `is small or micro`, `in (small, micro)`, `is one of (small, micro)`
  private static func anyOf(_ text: String) -> String {
    var text = text.replacing(#/\b(?:is )?(not )?in [(\[]([^()\[\]]+)[)\]]/#) { "is \($0.1 ?? "")any of (\($0.2))" }
    text = text.replacing(#/\b(is(?: not)?) (?:one|either|neither|any) (?:of )?\(/#) { "\($0.1) any of (" }
    return text.replacing(
      #/
        \b(is(?:\x20not)?)\x20(?:either\x20)?([A-Za-z_]\w*(?:,\x20[A-Za-z_]\w*)*)
        ,?\x20or\x20(?:is\x20)?([A-Za-z_]\w*)\b(?![.(]|\x20*(?:is|within|
        includes|from|at|before|after|on|[-=<>+*\/]))
      /#
    ) { found in
      let words = found.2.split(separator: ", ") + [found.3]
      // What ends or begins a condition of its own is no choice.
      guard !words.contains(where: { ["given", "not", "any", "nothing", "present"].contains($0) }) else {
        return String(found.0)
      }
      return "\(found.1) any of (\(words.joined(separator: ", ")))"
    }
  }

  /// `is null`, `is not empty`, `= missing`
  private static func given(_ text: String) -> String {
    let nobody = #/(?:\bis|==?|<>|!=) (not )?(?:null|nil|none|empty|missing|blank|absent)\b/#
    return text.replacing(nobody) { found in
      let isNot = found.1 != nil || found.0.hasPrefix("<>") || found.0.hasPrefix("!=")
      return isNot ? "is given" : "is not given"
    }
  }

  /// `greater of (a, b)`, `min(a, b)`
  private static func picked(_ text: String) -> String {
    let more = text.replacing(
      #/\b(?:the )?(?:(?:greater|greatest|higher|highest|bigger) of ?|max(?:imum)?(?: of)? ?)\(/#
    ) { _ in
      "larger of ("
    }
    return more.replacing(#/\b(?:the )?(?:(?:lesser|least|lower|lowest|less) of ?|min(?:imum)?(?: of)? ?)\(/#) { _ in
      "smaller of ("
    }
  }

  /// `pay enterprise 30% of wage, at most 1,500 yuan`
  private static func limited(_ text: String) -> String {
    let most = text.replacing(
      #/
        ^(\s*pay\x20(?:\([\w.\x20]+\)|[\w.]+)\x20)(.+?),?\x20(?:but\x20|
        and\x20)?(?:at\x20most|up\x20to|no\x20more\x20than|not\x20more\x20than|
        not\x20above|not\x20exceeding|capped\x20at|limited\x20to|(?:with\x20|
        to\x20)?a\x20maximum\x20of|maximum|max)\x20((?:[0-9][0-9,.]*(?:%|
        \x20[a-z]+)?(?:\x20of\x20[\w.]+)?|[A-Za-z_][\w.]*))((?:,?\x20(?:on|
        when|for\x20each|in)\x20.+)?)$
      /#
    ) { "\($0.1)smaller of (\($0.2), \($0.3))\($0.4)" }
    return most.replacing(
      #/
        ^(\s*pay\x20(?:\([\w.\x20]+\)|[\w.]+)\x20)(.+?),(?:\x20but|\x20and)?\x20(?:at\x20least|
        no\x20less\x20than|not\x20less\x20than|not\x20below|(?:with\x20)?a\x20minimum\x20of|
        minimum|min)\x20((?:[0-9][0-9,.]*(?:%|\x20[a-z]+)?(?:\x20of\x20[\w.]+)?|
        [A-Za-z_][\w.]*))((?:,?\x20(?:on|when|for\x20each|in)\x20.+)?)
        $
      /#
    ) { "\($0.1)larger of (\($0.2), \($0.3))\($0.4)" }
  }
}
