namespace LoyaltyPipeline.SnowflakeSupport.Statements;

/// <summary>The properties of a table or view that change nothing that a query could see.</summary>
internal static class TableProperties
{
    /// <summary>Reads past them.</summary>
    public static void Skip(TokenReader reader)
    {
        while (!reader.IsAtEnd && !reader.Peek()!.Is("AS"))
        {
            if (reader.TryTake("CLUSTER", "BY"))
            {
                reader.TakeParenthesized();
                continue;
            }

            if (reader.TryTake("COPY", "GRANTS") || reader.TryTake("CHANGE_TRACKING") || reader.TryTakeOneOf("WITH") is not null)
                continue;
            if (reader.TryTake("ROW", "ACCESS", "POLICY"))
            {
                reader.TakeName();
                reader.Expect("ON");
                reader.TakeParenthesized();
                continue;
            }

            if (reader.TryTakeOneOf(
                "COMMENT", "DATA_RETENTION_TIME_IN_DAYS", "MAX_DATA_EXTENSION_TIME_IN_DAYS", "ENABLE_SCHEMA_EVOLUTION",
                "DEFAULT_DDL_COLLATION", "STAGE_FILE_FORMAT") is null)
                return;
            reader.ExpectSymbol("=");
            reader.Take();
        }
    }
}
