using LoyaltyPipeline.Core.Engines;

namespace LoyaltyPipeline.Core.SyntheticData.Sinks;

/// <summary>A sink in which a value of any type is text, and may be text that is no value of the type.</summary>
public interface IRawTextSink : IRowSink
{
    /// <summary>Writes the text as the value of the next column, whatever the column's type is.</summary>
    void WriteRaw(string text);
}
