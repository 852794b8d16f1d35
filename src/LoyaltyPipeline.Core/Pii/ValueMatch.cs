namespace LoyaltyPipeline.Core.Pii;

/// <summary>What a value is to a detector.</summary>
internal enum ValueMatch
{
    /// <summary>Something else.</summary>
    None,

    /// <summary>Written like what is looked for, but it is not: its check digit is wrong, for one.</summary>
    Form,

    /// <summary>What is looked for.</summary>
    Match,
}
