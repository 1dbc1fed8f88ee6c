// Where the money for measures comes from, as written. Knows nothing of amounts.
import Diagnostics

/// `fund employment_subsidy 60%, district rest`
package struct FundSyntax: Sendable {
  /// One source and its share.
  package struct Share: Sendable {
    package let fund: Name
    /// Nil: `rest`, what the others leave.
    package let share: Expression?
    package let location: SourceRange
  }

  package let shares: [Share]
  package let location: SourceRange
}

/// The sources that forms of offices tell apart: public money by level of government, and funds with a purpose.
package enum Fund: String, CaseIterable, Sendable {
  case central, province, city, district, county, town
  case employmentSubsidy = "employment_subsidy"
  case unemploymentInsurance = "unemployment_insurance"
  case workInjuryInsurance = "work_injury_insurance"
  case skillsTraining = "skills_training"
  case restructuring = "restructuring"
  case revitalisation = "revitalisation"
  case talent
  case startupGuarantee = "startup_guarantee"
  case carriedOver = "carried_over"
  case employer
  case other

  /// What it is called in both languages.
  package var words: Text {
    switch self {
    case .central: Text("central government", zh: "中央财政")
    case .province: Text("province", zh: "省级财政")
    case .city: Text("city", zh: "市级财政")
    case .district: Text("district", zh: "区级财政")
    case .county: Text("county", zh: "县级财政")
    case .town: Text("town", zh: "乡镇财政")
    case .employmentSubsidy: Text("employment subsidy fund", zh: "就业补助资金")
    case .unemploymentInsurance: Text("unemployment insurance fund", zh: "失业保险基金")
    case .workInjuryInsurance: Text("work injury insurance fund", zh: "工伤保险基金")
    case .skillsTraining: Text("skills training fund", zh: "职业技能提升资金")
    case .restructuring: Text("industrial restructuring fund", zh: "结构调整专项奖补资金")
    case .revitalisation: Text("rural revitalisation fund", zh: "乡村振兴补助资金")
    case .talent: Text("talent fund", zh: "人才专项资金")
    case .startupGuarantee: Text("start-up guarantee fund", zh: "创业担保基金")
    case .carriedOver: Text("carried over", zh: "上年结转资金")
    case .employer: Text("the undertaking's own money", zh: "单位自筹资金")
    case .other: Text("other money", zh: "其他资金")
    }
  }

  /// By its word in rules, in either language.
  package static func named(_ word: String) -> Fund? { Fund(rawValue: word) ?? allCases.first { $0.words.zh == word } }
}
