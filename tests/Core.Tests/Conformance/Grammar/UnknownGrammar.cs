using System.Text.RegularExpressions;

namespace LoyaltyPipeline.Core.Tests.Conformance.Grammar;

/// <summary>Grammar of Snowflake that sqlfluff 1.4.5 does not know.</summary>
/// <param name="Reason">Why it is right all the same.</param>
/// <param name="Pattern">Where it is in a statement.</param>
/// <param name="Known">What stands for it there, so that the rest of the statement can be checked.</param>
internal sealed record UnknownGrammar(string Name, string Reason, string Pattern, string Known)
{
    /// <summary>All of it: whoever adds to this list has read Snowflake's documentation of it.</summary>
    public static IReadOnlyList<UnknownGrammar> All { get; } =
    [
        new(
            "ALTER SESSION SET of several parameters",
            "Snowflake takes a list with commas; sqlfluff knows one parameter.",
            @"(?<=^ALTER SESSION SET \w+ = )[^,]+,[^;]+\z",
            "'x'"),
        new(
            "IS NOT DISTINCT FROM in a SELECT list, not in parentheses",
            "An operator like any other; sqlfluff takes its FROM for the end of the list.",
            @"\bIS NOT DISTINCT FROM\b",
            "="),
        new(
            "IS DISTINCT FROM in a SELECT list, not in parentheses",
            "An operator like any other; sqlfluff takes its FROM for the end of the list.",
            @"\bIS DISTINCT FROM\b",
            "<>"),
        new(
            "ALTER TABLE … SET MASKING POLICY … FORCE",
            "With FORCE Snowflake puts the policy in the place of another; sqlfluff knows the statement without it.",
            @"(?<=\bSET MASKING POLICY [\w.]+) FORCE\z",
            ""),
        new(
            "CREATE TAG … ALLOWED_VALUES",
            "Snowflake has tags since 2021, with a list of values in quotes; sqlfluff has not.",
            @"\bCREATE TAG IF NOT EXISTS [\w.]+ ALLOWED_VALUES '\w+'(, '\w+')*\z",
            "SELECT 1"),
        new(
            "ALTER TABLE … MODIFY COLUMN … SET TAG",
            "Snowflake sets tags of columns so; sqlfluff knows what else is modified.",
            @"(?<=\bMODIFY COLUMN \w+ )SET TAG [\w.]+ = '\w+'\z",
            "DROP NOT NULL"),
        new(
            "ALTER TABLE … ADD COLUMN IF NOT EXISTS",
            "Snowflake takes it for columns without default, identity and constraint; sqlfluff does not.",
            @"(?<=\bADD COLUMN) IF NOT EXISTS\b",
            ""),
        new(
            "ALTER MASKING POLICY … SET BODY",
            "Snowflake gives a policy another body so, and takes the same as for a new one; sqlfluff knows the new one.",
            @"\bALTER MASKING POLICY ([\w.]+) SET BODY ->",
            "CREATE MASKING POLICY $1 AS (CELL VARCHAR) RETURNS VARCHAR ->"),
        new(
            "STORAGE_PROVIDER = 'S3'",
            "Snowflake's documentation writes it as text; sqlfluff knows it as a word, which Snowflake takes too.",
            @"(?<=\bSTORAGE_PROVIDER = )'S3'",
            "S3"),
    ];

    /// <summary>Whether a statement has it.</summary>
    public bool IsIn(string statement) => Regex.IsMatch(statement, Pattern, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    /// <summary>The statement without it.</summary>
    public string Replace(string statement) =>
        Regex.Replace(statement, Pattern, Known, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
}
