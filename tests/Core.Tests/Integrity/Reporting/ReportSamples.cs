using LoyaltyPipeline.Core.Integrity;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Integrity.Reporting;

/// <summary>Results to report.</summary>
internal static class ReportSamples
{
    public const string ModuleVersion = "1.2.3";

    public const string Failure = "3 of 12 rows: the key occurs more than once";

    public static DateTime CheckedAt { get; } = new(2026, 6, 30, 4, 15, 59, 123, DateTimeKind.Utc);

    public static CheckResult Passed { get; } = new()
    {
        RunId = "20260630T041559123-9f3c",
        CheckId = "DW_A.USER_PROFILE.EMAIL.not_null",
        Suite = CheckSuite.Sources,
        Table = "DW_A.USER_PROFILE",
        Column = "EMAIL",
        Status = CheckStatus.Passed,
        Message = "0 of 12 rows: is NULL",
        Violations = 0,
        Total = 12,
        Threshold = "warn > 0, error > 5%",
        CheckedAt = CheckedAt,
        Seconds = 1.23449,
    };

    public static CheckResult Failed { get; } = Passed.With(copy =>
    {
        copy.CheckId = "LOYALTY.MASTER.unique";
        copy.Suite = CheckSuite.Master;
        copy.Table = "LOYALTY.MASTER";
        copy.Column = "USER_ID";
        copy.Status = CheckStatus.Failed;
        copy.Message = Failure;
        copy.Violations = 3;
        copy.Threshold = "error > 0";
        copy.Sample = ["USER_ID=7", "USER_ID=8"];
        copy.Sql = "SELECT *\nFROM LOYALTY.MASTER\nWHERE USER_ID < 9";
        copy.FailedSince = CheckedAt.AddDays(-2);
        copy.Seconds = 0.0004;
    });

    public static CheckResult Warning { get; } = Failed.With(
        copy => (
            copy.CheckId, copy.Table, copy.Column, copy.Status, copy.Message, copy.Total, copy.Threshold,
            copy.Seconds) = ("own.odd", null, null, CheckStatus.Warning, "is odd", null, "warn > 0", 61));

    public static CheckResult Error { get; } = Passed.With(
        copy => (
            copy.CheckId, copy.Status, copy.Message, copy.Violations, copy.Total,
            copy.FailedSince) = ("DW_A.USER_PROFILE.exists", CheckStatus.Error, "QueryFailed: no such thing", null, null, CheckedAt));

    public static CheckResult Skipped { get; } = Passed.With(
        copy => (
            copy.CheckId, copy.Status, copy.Message, copy.Violations, copy.Total,
            copy.Threshold) = ("DW_C.SUPPORT_CALLS.present", CheckStatus.Skipped, "the table does not exist", null, null, ""));

    /// <summary>
    /// A result of every status, in three suites; the checks of a suite are not all beside each other, as own checks come last.
    /// </summary>
    public static IReadOnlyList<CheckResult> Every { get; } =
        [Passed, Error, Skipped, Failed, Warning.With(copy => copy.Suite = CheckSuite.Deliveries),
            Passed.With(copy => (copy.CheckId, copy.Table, copy.Column) = ("own.even", null, null))];

    /// <summary>Texts that no format may stumble over.</summary>
    public static TheoryData<string> Hostile { get; } = new(
        "<script>alert(\"1\")</script> & 'quoted'",
        "a CDATA ends here: ]]> and a comment: -->",
        "\0 \u0001 \b \u001b[31m \u007f \u0085 \ufffe \uffff",
        "first\r\nsecond\rthird\n\tfourth",
        "half \ud83d, other half \ude00, both \ud83d\ude00, turned \ude00\ud83d",
        "Größe ≥ 10 €, \u202egnirts, \u2028",
        "{0} %s $(x) `x` ${x}",
        new string('x', 200_000));

    /// <summary>The results of every status, with a text wherever a text can be.</summary>
    public static IReadOnlyList<CheckResult> EveryWith(string text) =>
        [.. Every.Select(
            result => result.With(
                copy => (
                    copy.CheckId, copy.Table, copy.Column, copy.Message, copy.Threshold, copy.Sample,
                    copy.Sql) = (text, text, text, text, text, [text], text)))];
}
