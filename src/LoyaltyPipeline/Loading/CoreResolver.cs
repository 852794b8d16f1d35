namespace LoyaltyPipeline.Loading;

/// <summary>Lays the way to Core. The script module calls it before PowerShell looks at the cmdlets, some of whose parameters have types of Core.</summary>
public static class CoreResolver
{
    /// <summary>Lets the cmdlets find Core. Doing it again, at a second import or in a second runspace, changes nothing.</summary>
    public static void Register() => CoreLoadContext.Register();
}
