// Which stated facts are as they are. A place, a list or a sort says what somebody is; a day that is past and a count
// of last year say what has been. None of them is proposed to be otherwise. What may still come about is: months of
// work, a filing, an agreement, days to come.
import Facts
import Reckoning

extension RemedySearch {
  /// Whether a fact has been stated and cannot come about otherwise.
  func isSettled(_ spot: RecordField) -> Bool {
    if isUnstated(spot) { return false }
    let declaration = dataset.tables[spot.list].declaration
    switch spot.field.type {
    case .place, .county, .area, .choice, .text, .reference, .set: return true
    case .date, .dateOrMonth, .dateOrYear:
      // The last day of a stay is what months of work are told by.
      if spot.field.isLastDay(of: declaration) { return false }
      return spot.field.name == declaration.begins || spot.field.tellsWhatHasBeen || isPast(spot)
    case .bool, .int, .money, .figure: return spot.field.name == declaration.begins || spot.field.tellsWhatHasBeen
    }
  }

  /// Whether a stated day has come by the day for which the budget is made.
  private func isPast(_ spot: RecordField) -> Bool {
    guard let day = raw(spot), day > Int64(Absent.none32), let asOf = run.settings.asOf else { return false }
    return day <= Int64(asOf.number)
  }

  /// What makes a stay that is over come after one that goes on.
  func later(_ spot: RecordField) -> Int64 {
    !isUnstated(spot) && spot.field.isLastDay(of: dataset.tables[spot.list].declaration) && isPast(spot) ? 40_000 : 0
  }
}

extension Field {
  /// Whether the field is the last day of what its records tell of.
  fileprivate func isLastDay(of list: ListDeclaration) -> Bool {
    name == list.ends || name.hasSuffix("_to") && list.field(name.dropLast(3) + "_from") != nil
  }

  /// Whether a yes-or-no, a figure or a day says what somebody is, or what was.
  fileprivate var tellsWhatHasBeen: Bool {
    Self.whatHasBeen.contains(name) || Self.wordsOfThePast.contains { words.zh.contains($0) }
  }

  /// Facts that people, firms and years have behind them, by their names in the dictionary.
  private static let whatHasBeen: Set<String> = [
    "born", "birth", "birthday", "date_of_birth", "graduated", "founder_graduated", "registered_on", "selected_on",
    "registered_unemployed_from", "unemployed_from", "benefit_ended_on", "retirement_on", "employed_from",
    "insured_before", "insured_ineligible", "relief_person", "organised", "love_post", "public_post", "employed",
    "state_owned", "above_scale", "covid_affected", "in_difficulty", "from_outside_city",
    "selected_by_sending_government", "layoffs", "employees", "ui_premiums_last_year", "vat_local", "cit_local",
    "award", "cost", "year",
  ]
  /// The same in the Chinese names of facts that documents declare.
  private static let wordsOfThePast = ["出生", "毕业", "裁员", "上年", "去年", "年龄", "国有", "脱贫", "退休"]
}
