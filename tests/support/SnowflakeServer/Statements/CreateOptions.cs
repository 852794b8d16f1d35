namespace LoyaltyPipeline.SnowflakeSupport.Statements;

/// <summary>What stands between CREATE and the kind of the object.</summary>
/// <param name="Replaces">Whether an object that is there is replaced.</param>
/// <param name="IsTemporary">Whether it goes with the session.</param>
internal sealed record CreateOptions(bool Replaces, bool IsTemporary)
{
    /// <summary>Reads it.</summary>
    /// <param name="reader">Where from.</param>
    public static CreateOptions Parse(TokenReader reader)
    {
        var options = new CreateOptions(reader.TryTake("OR", "REPLACE"), false);
        while (reader.TryTakeOneOf("LOCAL", "GLOBAL", "TEMPORARY", "TEMP", "VOLATILE", "TRANSIENT", "SECURE") is { } word)
        {
            if (word is "TEMPORARY" or "TEMP" or "VOLATILE")
                options = options with { IsTemporary = true };
        }

        return options;
    }
}
