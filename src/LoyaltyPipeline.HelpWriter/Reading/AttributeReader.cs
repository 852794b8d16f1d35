using System.Reflection;

namespace LoyaltyPipeline.HelpWriter.Reading;

/// <summary>
/// Reads attributes as they are written in the assembly. They are never made: PowerShell's attributes are here without what they do, and
/// would forget their values.
/// </summary>
internal static class AttributeReader
{
    /// <summary>The attributes of a kind that stand on a type or a property itself.</summary>
    /// <param name="member">The type or property.</param>
    public static IEnumerable<CustomAttributeData> AttributesOf<TAttribute>(this MemberInfo member)
        where TAttribute : Attribute => member.CustomAttributes.Where(attribute => attribute.AttributeType == typeof(TAttribute));

    /// <summary>What an attribute says of a property of its own.</summary>
    /// <typeparam name="TValue">The type of the property.</typeparam>
    /// <param name="otherwise">What holds where it says nothing.</param>
    public static TValue Named<TValue>(this CustomAttributeData attribute, string property, TValue otherwise) =>
        attribute.NamedArguments.Where(argument => argument.MemberName == property).Select(argument => (TValue)argument.TypedValue.Value!)
            .FirstOrDefault(otherwise);

    /// <summary>The values that an attribute was made with; those of a list one by one.</summary>
    public static IEnumerable<object?> Values(this CustomAttributeData attribute) =>
        attribute.ConstructorArguments.SelectMany(
            argument => argument.Value is IEnumerable<CustomAttributeTypedArgument> list
                ? list.Select(item => item.Value)
                : [argument.Value]);
}
