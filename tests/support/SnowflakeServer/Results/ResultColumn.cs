namespace LoyaltyPipeline.SnowflakeSupport.Results;

/// <summary>A column of a result.</summary>
/// <param name="Kind">The kind of its values.</param>
/// <param name="Precision">How many digits a number has.</param>
/// <param name="Scale">How many of them are fractions; how many digits a second has.</param>
internal sealed record ResultColumn(string Name, ColumnKind Kind, int Precision = 0, int Scale = 0)
{
    /// <summary>A column of whole numbers.</summary>
    public static ResultColumn Count(string name) => new(name, ColumnKind.Fixed, 38);

    /// <summary>A column of texts.</summary>
    public static ResultColumn Text(string name) => new(name, ColumnKind.Text);
}
