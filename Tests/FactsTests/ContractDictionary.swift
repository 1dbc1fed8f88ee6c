// The contract's lists (facts.md) as a dictionary, for tests of the readers.
import Diagnostics
import Facts

enum Contract {
  static let dictionary = FactDictionary(lists: [
    list(
      "enterprises", "enterprise", "企业",
      [
        id("企业编号"), name("企业名称"), field("district", .place, .required, "注册地"),
        field("taxed_in", .place, .field("district"), "纳税地"),
        Field(
          name: "lists", type: .set(.choice(["leading_2021", "honest_employer", "harmonious_labour"])), absence: .empty,
          labels: ["名单"], choiceLabels: [["龙头企业"], ["诚信用工"], ["劳动关系和谐"]], meaning: .same("lists")),
        field("size", .choice(["micro", "small", "medium", "large"]), .unknown, "规模"),
        field("state_owned", .bool, .value(0), "国有"), field("above_scale", .bool, .value(0), "规上"),
        field("employees", .int, .unknown, "职工人数"), field("covid_affected", .bool, .value(0), "受疫情影响"),
        field("layoffs", .int, .unknown, "裁员人数"), field("in_difficulty", .bool, .value(0), "暂时经营困难且恢复有望"),
        field("ui_premiums_last_year", .money, .unknown, "上年度失业保险费"),
      ]),
    list(
      "agencies", "agency", "机构",
      [
        id("机构编号"), name("机构名称"), field("district", .place, .required, "注册地"),
        field("selected_by_sending_government", .bool, .value(0), "输出地选定"), field("filed", .bool, .value(0), "备案"),
        field("registered_on", .date, .unknown, "注册日期"), field("from_outside_city", .bool, .value(0), "市外引进"),
        field("above_scale", .bool, .value(0), "规上"),
      ]),
    list(
      "bases", "base", "基地",
      [
        id("基地编号"), name("基地名称"),
        field("kind", .choice(["labour_base", "transfer_station", "hr_cooperation_base"]), .value(0), "类型"),
        field("county", .county, .unknown, "所在县"), field("agreement", .bool, .value(1), "签订协议"),
      ]),
    list(
      "hires", "hire", "招用", person: "worker", personID: "worker_id", begins: "start", ends: "end",
      [
        id("序号"), field("worker", .text, .field("id"), "姓名"), field("worker_id", .text, .none, "身份证号"), sex, born,
        field("education", .text, .unknown, "文化程度"),
        field("occupation", .text, .unknown, "工种"), field("origin", .place, .unknown, "户籍地"),
        field("enterprise", .reference("enterprises"), .required, "就业单位"),
        field("agency", .reference("agencies"), .none, "介绍机构"), field("base", .reference("bases"), .none, "劳务基地"),
        field("specialist", .reference("specialists"), .none, "服务专员"), field("referrer", .text, .none, "引荐人"),
        field("start", .date, .required, "参保日期"), field("end", .date, .none, "离职日期"),
        field("organised", .bool, .value(1), "有组织"), field("relief_person", .bool, .value(0), "脱贫人员"),
        field("graduated", .dateOrYear, .none, "毕业时间"),
        field("registered_unemployed_from", .date, .none, "失业登记日期"), field("monthly_wage", .money, .unknown, "月工资"),
        field("contract_months", .int, .unknown, "合同月数"), field("love_post", .bool, .value(0), "爱心岗位"),
        field("public_post", .bool, .value(0), "公益岗位"), field("insured_before", .bool, .value(0), "本区曾参保"),
      ]),
    list(
      "internships", "internship", "实习", person: "student", personID: "student_id", begins: "start", ends: "end",
      [
        id("实习编号"), field("student", .text, .field("id"), "学生"), field("student_id", .text, .none, "学生身份证号"),
        field("school_place", .place, .required, "学校所在地"),
        field("enterprise", .reference("enterprises"), .required, "实习单位"), field("start", .date, .required, "实习开始"),
        field("end", .date, .none, "实习结束"), field("employed_from", .date, .none, "入职日期"),
        field("employed_to", .date, .none, "离职日期"),
      ]),
    list(
      "specialists", "specialist", "服务专员", begins: "appointed_from",
      [
        id("专员编号"), name("姓名"), field("enterprise", .reference("enterprises"), .required, "所在企业"),
        field("county", .county, .required, "家乡县"), field("filed_on", .date, .none, "备案日期"),
        field("appointed_from", .date, .required, "聘任日期"),
        field("passed_years", .set(.int), .empty, "考核合格年度"),
      ]),
    list(
      "adjustments", "adjustment", "用工调剂", person: "worker", personID: "worker_id", begins: "start", ends: "end",
      [
        id("调剂编号"), field("platform", .text, .required, "调剂平台"),
        field("from_enterprise", .reference("enterprises"), .required, "借出单位"),
        field("to_enterprise", .reference("enterprises"), .required, "借入单位"), field("start", .date, .required, "开始"),
        field("end", .date, .none, "结束"), field("worker", .text, .field("id"), "姓名"),
        field("worker_id", .text, .none, "身份证号"),
      ]),
    list(
      "fairs", "fair", "招聘会", begins: "date",
      [
        id("招聘会编号"), field("held_in", .place, .required, "举办地"), field("date", .date, .required, "日期"),
        field("organiser", .text, .none, "承办机构"), field("cost", .money, .none, "费用"),
        field("participants", .set(.reference("enterprises")), .empty, "参会企业"),
      ]),
    list(
      "parks", "park", "园区", begins: "selected_on",
      [
        id("园区编号"), name("园区名称"), field("district", .place, .required, "所在地"),
        field("level", .choice(["city", "province"]), .required, "级别"), field("selected_on", .date, .required, "入选日期"),
      ]),
    list(
      "teams", "team", "团队",
      [
        id("团队编号"), field("year", .int, .required, "年度"), field("award", .money, .none, "资助金额"),
      ]),
    ListDeclaration(
      name: "tax_records", singular: "tax record", title: Text("tax records", zh: "纳税"),
      fields: [
        field("agency", .reference("agencies"), .required, "机构编号"), field("year", .int, .required, "年度"),
        field("vat_local", .money, .value(0), "增值税地方留成"), field("cit_local", .money, .value(0), "企业所得税地方留成"),
      ], hasID: false, person: nil, begins: "year", ends: nil),
    list(
      "jobseekers", "jobseeker", "求职人员", begins: "unemployed_from",
      [
        id("人员编号"), sex, born, field("benefit_ended_on", .date, .none, "失业金期满日期"),
        field("insured_ineligible", .bool, .value(0), "参保不符合领取条件"), field("unemployed_from", .date, .required, "失业日期"),
        field("reemployed_on", .date, .none, "再就业日期"), field("retirement_on", .date, .unknown, "法定退休日期"),
      ]),
    list(
      "startups", "startup", "创业", begins: "start", ends: "end",
      [
        id("创业编号"), field("founder_origin", .place, .required, "创业者户籍"),
        field("relief_person", .bool, .value(0), "脱贫人员"),
        field("founder_graduated", .dateOrYear, .none, "毕业时间"), field("district", .place, .required, "所在地"),
        field("start", .date, .required, "开业"), field("end", .date, .none, "停业"),
      ]),
    list(
      "stations", "station", "站点", begins: "start", ends: "end",
      [
        id("站点编号"), field("kind", .choice(["cooperation_station", "guidance_centre"]), .required, "类型"),
        field("county", .county, .required, "对口县"), field("located_in", .place, .required, "设立地"),
        field("start", .date, .required, "设立"), field("end", .date, .none, "撤销"),
      ]),
    list(
      "townships", "township", "乡镇",
      [
        id("乡镇编号"), name("乡镇"), field("odd_job_market_on", .date, .none, "零工市场设立日期"),
        field("reports", .set(.date), .empty, "报送日期"),
      ]),
    list("exchanges", "exchange", "互通", begins: "date", [id("互通编号"), field("date", .date, .required, "日期")]),
  ])

  private static let sex = Field(
    name: "sex", type: .choice(["male", "female"]), absence: .unknown, labels: ["性别"], choiceLabels: [["男"], ["女"]],
    meaning: .same("sex"))
  private static let born = field("born", .dateOrMonth, .unknown, "出生年月")

  private static func list(
    _ name: String, _ singular: String, _ zh: String, person: String? = nil, personID: String? = nil,
    begins: String? = nil, ends: String? = nil,
    _ fields: [Field]
  ) -> ListDeclaration {
    ListDeclaration(
      name: name, singular: singular, title: Text(name, zh: zh), fields: fields, hasID: true, person: person,
      personID: personID, begins: begins, ends: ends)
  }

  private static func id(_ label: String) -> Field { field("id", .text, .required, label) }
  private static func name(_ label: String) -> Field { field("name", .text, .field("id"), label) }

  private static func field(_ name: String, _ type: FieldType, _ absence: Field.Absence, _ label: String) -> Field {
    Field(name: name, type: type, absence: absence, labels: [label], meaning: .same(name))
  }
}
