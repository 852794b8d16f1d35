using System.Collections;
using System.Management.Automation;

namespace LoyaltyPipeline.Parameters;

/// <summary>
/// For parameters that take names of an enumeration. Of a text with commas, which is what a command line makes of a list, the engine would
/// combine the values into another one. Where several names are taken it is a list; where one is taken it is refused.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public class NamesTransformationAttribute : ArgumentTransformationAttribute
{
    /// <summary>Whether the parameter takes several names.</summary>
    public bool TakesSeveral { get; set; }

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        var value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        var names = (value is IList list ? list.Cast<object>() : [value]).SelectMany(Split).ToArray();
        if (TakesSeveral)
            return names;
        return names.Length > 1
            ? throw new ArgumentTransformationMetadataException(
                $"'{string.Join(", ", names)}' is more than one name; this parameter takes one.")
            : inputData;
    }

    private static IEnumerable<object> Split(object name) =>
        (name is PSObject wrapped ? wrapped.BaseObject : name) is string text
            ? text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            : [name];
}
