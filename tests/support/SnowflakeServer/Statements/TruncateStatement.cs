namespace LoyaltyPipeline.SnowflakeSupport.Statements;

/// <summary>TRUNCATE TABLE.</summary>
internal sealed class TruncateStatement(IReadOnlyList<string> name) : DdlStatement
{
    /// <summary>Reads what follows TRUNCATE.</summary>
    public static TruncateStatement Parse(TokenReader reader)
    {
        reader.TryTake("TABLE");
        reader.TryTake("IF", "EXISTS");
        var name = reader.TakeName();
        reader.ExpectEnd();
        return new TruncateStatement(name);
    }

    protected override string Apply(StatementContext context)
    {
        var table = context.Session.Resolve(name);
        context.Work([table], table, locks: true, () => context.Execute($"DELETE FROM {DmlText.Target(context, table).Value}"));
        return "Statement executed successfully.";
    }
}
