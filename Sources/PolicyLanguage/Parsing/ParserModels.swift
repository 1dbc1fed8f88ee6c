// A line of each clause as it should look, for the remedy of a mistake in one. Knows nothing of where the mistake is.

extension Word {
  /// A correct line that begins with this word; nil where the word begins none.
  var model: String? {
    switch self {
    case .document: "document changle-2022"
    case .list: "list hires, each a hire"
    case .value: "value minimum_wage yuan \"the local minimum monthly wage\" from \"the city's notice\""
    case .define: "define in_home(p: place) p within home"
    case .reading: "reading threshold_means \"Who is paid for?\", its choices below it"
    case .param: "param threshold = 100 persons, at least 0 \"how many must settle\""
    case .measure: "measure agency_reward"
    case .duty: "duty registry"
    case .note: "note funding"
    case .example: "example \"ninety-nine are not a hundred\""
    case .title: "title \"Reward for agencies\" zh \"中介机构奖励\""
    case .article: "article \"三（二）\""
    case .kind: "kind agency_reward"
    case .window: "window from 2022-01-28 to 2023-12-31"
    case .no: "no window"
    case .assume: "assume \"what the text leaves open\""
    case .text: "text \"The district pays.\""
    case .for: "for each agency, each year"
    case .where: "where filed and district within home"
    case .begins: "begins selected_on"
    case .let: "let half = 50% of cost"
    case .count: "count placed = hires of agency where organised on completion of 3 months"
    case .require: "require count of placed >= threshold"
    case .once: "once per person"
    case .every: "every record"
    case .only: "only the first 3 for each agency by year"
    case .yields: "yields to benefit_extension"
    case .pay: "pay agency 300 yuan for each placed on completion of 3 months"
    case .grant: "grant \"gold ambassador\" to referrer when count of placed >= 30"
    case .quota: "quota 500 posts in all"
    case .ordered: "ordered by filed_on"
    case .error: "error \"the award lies outside the limits\" when award > high"
    case .expect: "expect agency_reward 0 yuan"
    case .number: "number \"长政办〔2022〕8号\""
    case .jurisdiction: "jurisdiction 350112"
    case .issued: "issued 2022-01-28"
    case .person: "person worker"
    case .ends: "ends end"
    case .field: "field sex one of (male, female) label \"性别\""
    case .district: "district 350112"
    case .as: "as of 2022-05-01"
    case .with: "with threshold = 50, window_on = accrual"
    case .given: "given 99 hires h: agency q, enterprise k, start 2022-03-01"
    default: nil
    }
  }
}
