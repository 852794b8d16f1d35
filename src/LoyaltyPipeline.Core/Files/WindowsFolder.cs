using System.Runtime.Versioning;
using System.Security.AccessControl;
using System.Security.Principal;

namespace LoyaltyPipeline.Core.Files;

/// <summary>
/// Folders on Windows that are their owner's, and the machine's: files in them have the same access, and nothing of the folder above
/// counts.
/// </summary>
[SupportedOSPlatform("windows")]
internal static class WindowsFolder
{
    /// <summary>Makes one; one that is there keeps its access.</summary>
    public static void CreateOwn(string path)
    {
        using var account = WindowsIdentity.GetCurrent();
        var access = new DirectorySecurity();
        access.SetAccessRuleProtection(isProtected: true, preserveInheritance: false);
        foreach (var who in new[] { account.User!, new SecurityIdentifier(WellKnownSidType.LocalSystemSid, domainSid: null),
            new SecurityIdentifier(WellKnownSidType.BuiltinAdministratorsSid, domainSid: null) })
            access.AddAccessRule(
                new FileSystemAccessRule(
                    who, FileSystemRights.FullControl, InheritanceFlags.ContainerInherit | InheritanceFlags.ObjectInherit,
                    PropagationFlags.None, AccessControlType.Allow));
        new DirectoryInfo(path).Create(access);
    }
}
