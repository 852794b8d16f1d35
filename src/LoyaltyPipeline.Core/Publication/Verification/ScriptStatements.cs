using LoyaltyPipeline.Core.Publication.Languages;

namespace LoyaltyPipeline.Core.Publication.Verification;

/// <summary>The statements of a script, as an engine takes them: what placeholders stand for is put in.</summary>
internal static class ScriptStatements
{
    private const string RunDate = "{run_date}";

    /// <summary>The statements, without what ends them.</summary>
    public static IReadOnlyList<string> Of(string sql)
    {
        var statements = new List<string>();
        var statement = new System.Text.StringBuilder();
        foreach (var token in SqlLexer.Read(sql))
        {
            var text = sql.Substring(token.Start, token.Length);
            if (token.Kind == SqlTokenKind.Symbol && text == ";")
            {
                Add(statements, statement);
                continue;
            }

            statement.Append(token.Kind switch
            {
                SqlTokenKind.Comment => " ",
                SqlTokenKind.Placeholder when text == RunDate => "DATE '2026-06-30'",
                SqlTokenKind.Placeholder => text[1..^1],
                _ => text,
            });
        }

        Add(statements, statement);
        return statements;
    }

    private static void Add(List<string> statements, System.Text.StringBuilder statement)
    {
        if (!string.IsNullOrWhiteSpace(statement.ToString()))
            statements.Add(statement.ToString());
        statement.Clear();
    }
}
