namespace LoyaltyPipeline.Browser.Tests;

/// <summary>A chart as the browser shows it.</summary>
internal sealed class DrawnChart
{
    /// <summary>The id of its panel.</summary>
    public string Panel { get; set; } = "";

    /// <summary>What it is called to those who hear the page.</summary>
    public string Label { get; set; } = "";

    /// <summary>How many shapes it has that take room.</summary>
    public int Shapes { get; set; }

    /// <summary>The words in it: places, figures, names.</summary>
    public string[] Texts { get; set; } = [];
}
