using System.Collections;
using System.Management.Automation;
using System.Reflection;
using LoyaltyPipeline.Core.Catalog;

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

    /// <summary>
    /// What the names are of, where * and ? may stand for some of them: an enumeration, or a class whose public constants they are.
    /// </summary>
    public Type? Of { get; set; }

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        var value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        var names = (value is IList list ? list.Cast<object>() : [value]).SelectMany(Split).ToArray();
        if (TakesSeveral)
            return Of is null ? names : names.SelectMany(Expand).Distinct().ToArray();
        return names.Length > 1
            ? throw new ArgumentTransformationMetadataException(
                $"'{string.Join(", ", names)}' is more than one name; this parameter takes one.")
            : inputData;
    }

    private static IEnumerable<object> Split(object name) =>
        (name is PSObject wrapped ? wrapped.BaseObject : name) is string text
            ? text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            : [name];

    // A pattern that fits nothing has found nothing.
    private IEnumerable<object> Expand(object name) => name is string pattern && NameMatch.IsPattern(pattern)
        ? NameMatch.Of([pattern], [.. NamesOf(Of!)]).Found
        : [name];

    private static IEnumerable<string> NamesOf(Type type) => type.IsEnum
        ? Enum.GetNames(type)
        : type.GetFields(BindingFlags.Public | BindingFlags.Static).Where(field => field.IsLiteral)
            .Select(field => (string)field.GetRawConstantValue()!);
}
