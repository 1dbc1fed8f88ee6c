// `recover`: what is taken back of what a measure has paid.
import Diagnostics

extension RuleParser {
  /// `recover all|AMOUNT [from WHO] [on DAY] [when CONDITION] [for each SET]`; the first word is taken.
  mutating func recovery(since start: Int) throws(Lost) -> RecoverSyntax {
    if isAtEnd { throw fail(.value) }
    let amount = take(.all) ? nil : try value()
    var who: Expression?
    var on: Expression?
    var when: Expression?
    var forEach: Name?
    while !isAtEnd {
      let option = index
      if take(.from) {
        once(&who, try beneficiary(), "from", since: option)
      } else if take(.for) {
        try expect(.each)
        once(&forEach, try name(), "for each", since: option)
      } else if take(.on) {
        once(&on, try value(), "on", since: option)
      } else if take(.when) {
        once(&when, try condition(), "when", since: option)
      } else {
        break
      }
    }
    return RecoverSyntax(
      amount: amount, who: who, on: on, when: when, forEach: forEach, location: location(since: start))
  }
}
