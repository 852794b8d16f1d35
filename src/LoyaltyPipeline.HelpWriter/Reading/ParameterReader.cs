using System.Globalization;
using System.Management.Automation;
using System.Reflection;
using LoyaltyPipeline.HelpWriter.Model;

namespace LoyaltyPipeline.HelpWriter.Reading;

/// <summary>Reads the parameters of cmdlets, set by set, as PowerShell itself would find them.</summary>
internal sealed class ParameterReader(XmlDocumentation documentation)
{
    // What PowerShell gives to cmdlets that can be asked about.
    private static readonly IReadOnlyList<ParameterHelp> Asking =
    [
        Switch("WhatIf", "wi", "Shows what would be done and does nothing."),
        Switch("Confirm", "cf", "Asks before anything is done."),
    ];

    /// <summary>The parameter sets of a cmdlet, the default one first.</summary>
    /// <param name="cmdlet">What it says of itself.</param>
    public IReadOnlyList<ParameterSetHelp> Read(Type type, CustomAttributeData cmdlet)
    {
        var instance = Activator.CreateInstance(type)!;
        using (instance as IDisposable)
        {
            var own = Find(instance).ToList();
            var dynamic = instance is IDynamicParameters source ? Find(source.GetDynamicParameters()).ToList() : [];
            var asking = cmdlet.Named("SupportsShouldProcess", otherwise: false) ? Asking : [];
            var defaultSet = cmdlet.Named<string?>("DefaultParameterSetName", otherwise: null);
            return
            [
                .. SetNames(own.Concat(dynamic), defaultSet)
                    .Select(
                        set => new ParameterSetHelp(set, set == defaultSet, InOrder(Of(own, set).Concat(asking).Concat(Of(dynamic, set)))))
                    .OrderByDescending(set => set.IsDefault).ThenBy(set => set.Name, StringComparer.Ordinal),
            ];
        }
    }

    private static ParameterHelp Switch(string name, string alias, string description) => new()
    {
        Name = name,
        Description = description,
        Type = typeof(SwitchParameter),
        DeclaredType = typeof(SwitchParameter),
        IsSwitch = true,
        IsMandatory = false,
        Position = null,
        FromPipeline = false,
        FromPipelineByName = false,
        TakesWildcards = false,
        Aliases = [alias],
        ValidValues = [],
        Default = "None",
    };

    // Those of the cmdlet itself before those of its bases, as they are written.
    private static IEnumerable<Declaration> Find(object instance) =>
        from property in instance.GetType().GetProperties()
        from attribute in property.AttributesOf<ParameterAttribute>()
        orderby Depth(property.DeclaringType!) descending, property.MetadataToken
        select new Declaration(property, attribute, instance);

    private static int Depth(Type type) => type.BaseType is { } parent ? 1 + Depth(parent) : 0;

    private static IEnumerable<string> SetNames(IEnumerable<Declaration> declarations, string? defaultSet)
    {
        var names = declarations.Select(declaration => declaration.Set).Append(defaultSet).OfType<string>().Distinct(StringComparer.Ordinal)
            .ToList();
        return names.Count > 0 ? names : [ParameterAttribute.AllParameterSets];
    }

    private static IReadOnlyList<ParameterHelp> InOrder(IEnumerable<ParameterHelp> parameters) =>
        [.. parameters.OrderBy(parameter => parameter.Position ?? int.MaxValue)];

    // What a parameter is where it is not given. Most that can be left out are then as their description says.
    private static string DefaultOf(Declaration declaration) =>
        declaration.Attribute.Named("Mandatory", otherwise: false) ? "None" : declaration.Property.GetValue(declaration.Owner) switch
        {
            null or "" or Array { Length: 0 } => "None",
            DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            Array values => string.Join(", ", values.Cast<object>().Select(item => Convert.ToString(item, CultureInfo.InvariantCulture))),
            SwitchParameter => "False",
            var value => Convert.ToString(value, CultureInfo.InvariantCulture)!,
        };

    private IEnumerable<ParameterHelp> Of(IEnumerable<Declaration> declarations, string set) =>
        declarations.Where(declaration => declaration.Set is null || declaration.Set == set).Select(Read);

    private ParameterHelp Read(Declaration declaration)
    {
        var (property, attribute, owner) = declaration;
        var position = attribute.Named("Position", int.MinValue);
        return new ParameterHelp
        {
            Name = property.Name,
            Description = documentation.Summary(owner.GetType(), property.Name),
            Type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType,
            DeclaredType = property.PropertyType,
            IsSwitch = property.PropertyType == typeof(SwitchParameter),
            IsMandatory = attribute.Named("Mandatory", otherwise: false),
            Position = position < 0 ? null : position,
            FromPipeline = attribute.Named("ValueFromPipeline", otherwise: false),
            FromPipelineByName = attribute.Named("ValueFromPipelineByPropertyName", otherwise: false),
            TakesWildcards = property.AttributesOf<SupportsWildcardsAttribute>().Any(),
            Aliases = [.. property.AttributesOf<AliasAttribute>().SelectMany(alias => alias.Values()).Select(alias => $"{alias}")],
            ValidValues = [.. property.AttributesOf<ValidateSetAttribute>().SelectMany(limit => limit.Values())
                .Select(value => $"{value}")],
            Default = DefaultOf(declaration),
        };
    }

    // A property, one of its attributes that make it a parameter, and the object that has it: the cmdlet, or that of its dynamic
    // parameters.
    private sealed record Declaration(PropertyInfo Property, CustomAttributeData Attribute, object Owner)
    {
        public string? Set { get; } = Attribute.Named<string?>("ParameterSetName", otherwise: null);
    }
}
