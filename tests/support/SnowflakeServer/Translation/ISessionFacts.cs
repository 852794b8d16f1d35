namespace LoyaltyPipeline.SnowflakeSupport.Translation;

/// <summary>What a statement can ask about its session.</summary>
internal interface ISessionFacts
{
    /// <summary>The value of a function of the session, such as CURRENT_DATABASE.</summary>
    /// <param name="function">The function, in upper case.</param>
    /// <param name="argument">Its argument; null where it has none.</param>
    /// <param name="value">The value, which can be null.</param>
    /// <returns>False where it is no function of the session.</returns>
    bool TryGetFact(string function, string? argument, out string? value);

    /// <summary>The value of a session variable.</summary>
    /// <param name="name">The variable, in upper case.</param>
    /// <exception cref="Errors.SnowflakeError">It was not set.</exception>
    string Variable(string name);
}
